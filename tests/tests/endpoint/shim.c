/* A disk that fails on demand: while the file named by SAMOVAR_TEST_EIO exists, nothing reaches the disk. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/syscall.h>

static int fails(void) {
    const char *flag = getenv("SAMOVAR_TEST_EIO");
    return flag && access(flag, F_OK) == 0;
}

int fsync(int file) {
    if (fails()) { errno = EIO; return -1; }
    return (int) syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    if (fails()) { errno = EIO; return -1; }
    return (int) syscall(SYS_fdatasync, file);
}
