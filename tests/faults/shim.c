/* Put before libc (LD_PRELOAD): writes down what a program does to the files of one folder, and lets chosen calls fail.

   CRM_FAULT_DIR    only files in this folder count
   CRM_FAULT_LOG    the record: one entry for each call, see shim.py
   CRM_FAULT_AT     the number (from 1) of the writing, syncing or truncating call that fails; 0: none
   CRM_FAULT_ON     1: every later one fails as well
   CRM_FAULT_ERRNO  how it fails

   A program under it can set the last three itself, after a fork for example: crm_fault_arm().                       */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST 4096
static char *paths[MOST];
static int record = -1, fail_at, fail_on, fail_errno, calls;
static const char *folder;
static size_t folder_length;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  folder = getenv("CRM_FAULT_DIR");
  const char *log = getenv("CRM_FAULT_LOG"), *at = getenv("CRM_FAULT_AT");
  if (!folder) return;
  folder_length = strlen(folder);
  fail_at = at ? atoi(at) : 0;
  fail_on = getenv("CRM_FAULT_ON") != NULL;
  fail_errno = getenv("CRM_FAULT_ERRNO") ? atoi(getenv("CRM_FAULT_ERRNO")) : EIO;
  if (log) record = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

void crm_fault_arm(int at, int on, int error) {
  calls = 0;
  fail_at = at;
  fail_on = on;
  fail_errno = error;
}

static void put(char kind, const char *path, int64_t offset, const void *data, int64_t length) {
  if (record < 0) return;
  int32_t name = (int32_t)strlen(path);
  char head[1 + 4 + 8 + 8];
  head[0] = kind;
  memcpy(head + 1, &name, 4);
  memcpy(head + 5, &offset, 8);
  memcpy(head + 13, &length, 8);
  pthread_mutex_lock(&lock);
  ssize_t done = REAL(write)(record, head, sizeof head);
  done += REAL(write)(record, path, name);
  if (data) done += REAL(write)(record, data, length);
  (void)done;
  pthread_mutex_unlock(&lock);
}

static const char *ours(int fd) { return fd >= 0 && fd < MOST ? paths[fd] : NULL; }

/* The list of what was called saved is the test's own and never fails. */
static int fails(const char *path) {
  size_t length = strlen(path);
  if (length >= 5 && !strcmp(path + length - 5, "/acks")) return 0;
  int now = __sync_add_and_fetch(&calls, 1);
  if (!fail_at || now < fail_at || (now > fail_at && !fail_on)) return 0;
  errno = fail_errno;
  return 1;
}

static int opened(int fd, const char *path) {
  if (!folder || fd < 0 || fd >= MOST || strncmp(path, folder, folder_length)) return fd;
  free(paths[fd]);
  paths[fd] = strdup(path);
  return fd;
}

#define OPEN(name)                                          \
  int name(const char *path, int flags, ...) {              \
    va_list rest;                                           \
    va_start(rest, flags);                                  \
    mode_t mode = va_arg(rest, int);                        \
    va_end(rest);                                           \
    return opened(REAL(name)(path, flags, mode), path);     \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (ours(fd)) { free(paths[fd]); paths[fd] = NULL; }
  return REAL(close)(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
  const char *path = ours(fd);
  if (!path) return REAL(write)(fd, data, length);
  if (fails(path)) return -1;
  int64_t offset = lseek(fd, 0, SEEK_CUR);
  ssize_t done = REAL(write)(fd, data, length);
  if (done > 0) put('w', path, offset, data, done);
  return done;
}

#define PWRITE(name, type)                                                  \
  ssize_t name(int fd, const void *data, size_t length, type offset) {      \
    const char *path = ours(fd);                                            \
    if (!path) return REAL(name)(fd, data, length, offset);                 \
    if (fails(path)) return -1;                                                 \
    ssize_t done = REAL(name)(fd, data, length, offset);                    \
    if (done > 0) put('w', path, offset, data, done);                       \
    return done;                                                            \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define SYNC(name)                                          \
  int name(int fd) {                                        \
    const char *path = ours(fd);                            \
    if (!path) return REAL(name)(fd);                       \
    if (fails(path)) return -1;                                 \
    int done = REAL(name)(fd);                              \
    if (!done) put('s', path, 0, NULL, 0);                  \
    return done;                                            \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, type)                                \
  int name(int fd, type length) {                           \
    const char *path = ours(fd);                            \
    if (!path) return REAL(name)(fd, length);               \
    if (fails(path)) return -1;                                 \
    int done = REAL(name)(fd, length);                      \
    if (!done) put('t', path, length, NULL, 0);             \
    return done;                                            \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
  int done = REAL(unlink)(path);
  if (!done && folder && !strncmp(path, folder, folder_length)) put('u', path, 0, NULL, 0);
  return done;
}
