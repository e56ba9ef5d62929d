#include "util/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "util/failure.h"

namespace ostiary {
namespace {

WorldFailure CannotWrite(const std::string& path) {
    return WorldFailure("cannot write " + path + ": " + std::strerror(errno));
}

bool WriteDurably(int file, std::string_view text) {
    return write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
           fsync(file) == 0;
}

std::string FolderOf(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

// A file that root writes by hand must be read by the service whose folder it is.
void GiveToOwnerOfFolder(int file, const std::string& path) {
    struct stat about {};
    if (geteuid() != 0 || stat(FolderOf(path).c_str(), &about) != 0) return;
    [[maybe_unused]] const int given = fchown(file, about.st_uid, about.st_gid);
}

// A new name in a folder lasts only once the folder is on the disk.
void SyncFolderOf(const std::string& path) {
    const int opened = open(FolderOf(path).c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) return;
    fsync(opened);
    close(opened);
}

}  // namespace

std::optional<std::string> ReadWholeFile(const std::string& path) {
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) throw WorldFailure("cannot read " + path);
    return text;
}

void ReplaceWholeFile(const std::string& path, std::string_view text) {
    std::string draft = path + ".XXXXXX";
    const int file = mkostemp(draft.data(), O_CLOEXEC);
    if (file < 0) throw CannotWrite(path);
    GiveToOwnerOfFolder(file, path);
    const bool written = WriteDurably(file, text);
    close(file);
    if (!written || std::rename(draft.c_str(), path.c_str()) != 0) {
        const WorldFailure failure = CannotWrite(path);
        unlink(draft.c_str());
        throw failure;
    }
    SyncFolderOf(path);
}

}  // namespace ostiary
