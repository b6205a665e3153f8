-- The tables of the local database: one for each domain. `scripts/init_db.py` runs this.
<<@for DOMAIN in DOMAINS>>

CREATE TABLE records_<<DOMAIN>> (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL<<@if EXAMPLE>>,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done')),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP<<@end>>
);
<<@end>>
<<@for DOMAIN in COMPLEX_DOMAINS>>

CREATE TABLE records_<<DOMAIN>> (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL<<@if EXAMPLE>>,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done')),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP<<@end>>
);
<<@end>>
