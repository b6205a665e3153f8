#include "ProcessStart.h"

#include <stddef.h>
#include <stdint.h>

static int count;
static char **values;

// Both glibc and Darwin call constructors with what `main` gets.
__attribute__((constructor)) static void keep_arguments(int argc, char **argv) {
  count = argc;
  values = argv;
}

int process_argument_count(void) { return count; }

const char *process_argument(int index) { return values[index]; }

#ifdef STATIC_RUNTIME
// What follows takes the place of functions in the runtime's archive.

// At each start the runtime looks for the arguments in /proc, for a `CommandLine` that nothing asks.
char **_swift_stdlib_getUnsafeArgvArgc(int *argument_count);

char **_swift_stdlib_getUnsafeArgvArgc(int *argument_count) {
  *argument_count = count;
  return values;
}

// At each start the runtime looks for its `swift-backtrace` beside the program, by way of /proc, and
// ends the process where there is none. A static program is installed alone, so nothing is to be
// found.
const char *swift_copyAuxiliaryExecutablePath(const char *name);

const char *swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}

// The name of a Unicode character, of which `Package.swift` has every call come here: none.
intptr_t __wrap__swift_stdlib_getScalarName(uint32_t scalar, uint8_t *name, intptr_t capacity);

intptr_t __wrap__swift_stdlib_getScalarName(uint32_t scalar, uint8_t *name, intptr_t capacity) {
  (void)scalar;
  (void)name;
  (void)capacity;
  return 0;
}
#endif
