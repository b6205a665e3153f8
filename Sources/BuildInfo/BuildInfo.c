#include "BuildInfo.h"

#include <stddef.h>

// Tokens become text here: a define is handed on without quotes, which each tool on its way to the
// compiler would read in its own way.
#define TEXT_OF(tokens) #tokens
#define TEXT(tokens) TEXT_OF(tokens)

const char *build_info_commit(void) {
#ifdef SCAFFOLD_COMMIT
  return TEXT(SCAFFOLD_COMMIT);
#else
  return NULL;
#endif
}

const char *build_info_date(void) {
#ifdef SCAFFOLD_DATE
  return TEXT(SCAFFOLD_DATE);
#else
  return NULL;
#endif
}
