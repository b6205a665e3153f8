#define _GNU_SOURCE
#include "LinuxCalls.h"

#ifdef __linux__

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

const int linux_pass_through = O_PATH;

int linux_rename_exclusively(int directory, const char *name, int other, const char *new_name) {
  const unsigned no_replace = 1;
  return (int)syscall(SYS_renameat2, directory, name, other, new_name, no_replace);
}

int64_t linux_birth_time(int descriptor) {
  struct statx status;
  if (statx(descriptor, "", AT_EMPTY_PATH, STATX_BTIME, &status) != 0) return 0;
  if (!(status.stx_mask & STATX_BTIME)) return 0;
  return status.stx_btime.tv_sec * 1000000000 + status.stx_btime.tv_nsec;
}

#endif
