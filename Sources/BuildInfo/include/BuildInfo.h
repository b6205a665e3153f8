#ifndef BUILD_INFO_H
#define BUILD_INFO_H

/// The commit that a release was built from, as git abbreviates it; NULL in any other build.
const char *_Nullable build_info_commit(void);

/// The day of that commit, as 2026-11-29; NULL in any other build.
const char *_Nullable build_info_date(void);

#endif
