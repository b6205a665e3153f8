#ifndef LINUX_CALLS_H
#define LINUX_CALLS_H

// What Linux has and the headers show to GNU sources only, which Swift's are not.
#ifdef __linux__

#include <stdint.h>

// How a directory is opened that is only passed through: needs no permission to read it.
extern const int linux_pass_through;

// Renames with EEXIST when the new name is taken. A call of the kernel's own: not every C library
// has a function for it.
int linux_rename_exclusively(int directory, const char *name, int other, const char *new_name);

// When an open file was made, in nanoseconds since 1970; 0 where the disk does not say.
int64_t linux_birth_time(int descriptor);

#endif
#endif
