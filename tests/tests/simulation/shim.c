/* Chance by the seed in SAMOVAR_SIMULATED_SEED, and a disk whose power never fails: a process that ends on a stage takes
 * nothing with it that was written, so there is nothing to wait for. Each thread has the same chance. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>

static __thread uint64_t state;
static __thread int is_seeded;

/* splitmix64 */
static uint64_t next(void) {
    if (!is_seeded) {
        const char *seed = getenv("SAMOVAR_SIMULATED_SEED");
        state = seed ? strtoull(seed, 0, 10) : 0;
        is_seeded = 1;
    }
    uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

ssize_t getrandom(void *into, size_t length, unsigned flags) {
    (void) flags;
    unsigned char *byte = into;
    for (size_t at = 0; at < length; at++) byte[at] = (unsigned char) (next() >> 56);
    return (ssize_t) length;
}

int getentropy(void *into, size_t length) {
    getrandom(into, length, 0);
    return 0;
}

long syscall(long number, ...) {
    static long (*real)(long, ...);
    long a[6];
    va_list rest;
    va_start(rest, number);
    for (int at = 0; at < 6; at++) a[at] = va_arg(rest, long);
    va_end(rest);
    if (number == SYS_getrandom) return getrandom((void *) a[0], (size_t) a[1], (unsigned) a[2]);
    if (!real) real = (long (*)(long, ...)) dlsym(RTLD_NEXT, "syscall");
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int fsync(int file) { (void) file; return 0; }
int fdatasync(int file) { (void) file; return 0; }
