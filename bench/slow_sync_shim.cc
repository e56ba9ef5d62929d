// Preloaded into a program, it makes every sync take a millisecond longer: an ordinary disk, where
// the machine at hand has one that answers at once.

#include <dlfcn.h>
#include <time.h>
#include <unistd.h>

namespace {

constexpr long kDelayNs = 1'000'000;

int SyncLater(const char* name, int file) {
    const timespec delay{.tv_sec = 0, .tv_nsec = kDelayNs};
    nanosleep(&delay, nullptr);
    const auto sync = reinterpret_cast<int (*)(int)>(dlsym(RTLD_NEXT, name));
    return sync(file);
}

}  // namespace

extern "C" int fsync(int file) { return SyncLater("fsync", file); }
extern "C" int fdatasync(int file) { return SyncLater("fdatasync", file); }
