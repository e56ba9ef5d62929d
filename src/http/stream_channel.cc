#include "http/stream_channel.h"

#include "http/response_writer.h"

namespace ostiary {
namespace {

constexpr std::size_t kMostWaiting = 256 << 10;

}  // namespace

StreamChannel::StreamChannel(Coding coding, std::function<void()> wake)
    : coding_(coding), wake_(std::move(wake)) {}

bool StreamChannel::Write(std::string_view data) {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [this] { return is_closed_ || bytes_.size() < kMostWaiting; });
    if (is_closed_) return false;
    const bool was_empty = bytes_.empty();
    if (coding_ == Coding::kChunked)
        AppendChunk(bytes_, data);
    else
        bytes_.append(data);
    lock.unlock();
    if (was_empty) wake_();
    return true;
}

void StreamChannel::Finish(End how) {
    std::unique_lock lock(mutex_);
    end_ = how;
    if (how == End::kWhole && coding_ == Coding::kChunked) bytes_.append("0\r\n\r\n");
    lock.unlock();
    wake_();
}

StreamChannel::Taken StreamChannel::Take() {
    const std::lock_guard lock(mutex_);
    Taken taken{std::move(bytes_), end_};
    bytes_.clear();
    has_room_.notify_all();
    return taken;
}

void StreamChannel::Close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    has_room_.notify_all();
}

}  // namespace ostiary
