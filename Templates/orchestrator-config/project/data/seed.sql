-- Records to try the endpoints with.
<<@for DOMAIN in DOMAINS>>

<<@if EXAMPLE>>
INSERT INTO records_<<DOMAIN>> (name, status, created_at) VALUES
    ('first', 'done', '2025-01-06 08:30:00'),
    ('second', 'open', '2025-01-07 09:15:00'),
    ('third', 'open', '2025-01-08 16:45:00');
<<@else>>
INSERT INTO records_<<DOMAIN>> (name) VALUES ('first');
<<@end>>
<<@end>>
<<@for DOMAIN in COMPLEX_DOMAINS>>

<<@if EXAMPLE>>
INSERT INTO records_<<DOMAIN>> (name, status, created_at) VALUES
    ('first', 'done', '2025-01-06 08:30:00'),
    ('second', 'open', '2025-01-07 09:15:00'),
    ('third', 'open', '2025-01-08 16:45:00');
<<@else>>
INSERT INTO records_<<DOMAIN>> (name) VALUES ('first');
<<@end>>
<<@end>>
