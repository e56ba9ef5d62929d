#include "http/stream_channel.h"

#include "http/response_writer.h"

namespace ostiary {
namespace {

constexpr std::size_t kMostWaiting = 256 << 10;
constexpr std::size_t kMostOffered = 16 << 10;  // of many streams, each has little to say

}  // namespace

StreamChannel::StreamChannel(Coding coding, std::function<void()> wake)
    : coding_(coding), wake_(std::move(wake)) {}

bool StreamChannel::Write(std::string_view data) {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [this] {
        return is_closed_ || end_ != Ending::kNotYet || bytes_.size() < kMostWaiting;
    });
    return Put(data);
}

bool StreamChannel::Offer(std::string_view data) {
    const std::lock_guard lock(mutex_);
    if (bytes_.size() < kMostOffered) return Put(data);
    end_ = Ending::kBroken;
    if (!is_closed_) wake_();
    return false;
}

bool StreamChannel::Put(std::string_view data) {
    if (is_closed_ || end_ != Ending::kNotYet) return false;
    const bool was_empty = bytes_.empty();
    if (coding_ == Coding::kChunked)
        AppendChunk(bytes_, data);
    else
        bytes_.append(data);
    if (was_empty) wake_();
    return true;
}

void StreamChannel::Finish(Ending how) {
    const std::lock_guard lock(mutex_);
    if (is_closed_ || end_ != Ending::kNotYet) return;
    end_ = how;
    if (how == Ending::kWhole && coding_ == Coding::kChunked) bytes_.append("0\r\n\r\n");
    has_room_.notify_all();
    wake_();
}

StreamChannel::Taken StreamChannel::Take() {
    const std::lock_guard lock(mutex_);
    Taken taken{std::move(bytes_), end_};
    bytes_.clear();
    has_room_.notify_all();
    return taken;
}

// What wakes the connection may hold it, and it us.
void StreamChannel::Close() {
    std::function<void()> wake;
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    std::swap(wake, wake_);
    has_room_.notify_all();
}

}  // namespace ostiary
