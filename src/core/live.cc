#include "core/live.h"

#include <algorithm>

namespace ostiary {
namespace {

// Somebody in it may have other sessions, another role or another scope now.
bool MayEndAccess(EventKind kind) {
    switch (kind) {
        case EventKind::kAccountEdited:
        case EventKind::kAccountDeactivated:
        case EventKind::kAccountDeleted:
        case EventKind::kAccessAdded:
        case EventKind::kPasswordChanged:
        case EventKind::kLoggedOut:
        case EventKind::kSessionEnded: return true;
        default: return false;
    }
}

bool Concerns(const CodeScope& scope, const Happening& happening) {
    if (scope.all) return true;
    if (happening.code_id == 0) return false;
    return happening.task_group == scope.task_group ||
           (!scope.creator_id.empty() && happening.creator_id == scope.creator_id);
}

News NewsFor(const CodeScope& scope, std::span<const Happening> happenings) {
    News news;
    for (const Happening& happening : happenings) {
        if (!Concerns(scope, happening)) continue;
        news.last_event = std::max(news.last_event, happening.id);
        news.codes.push_back(happening.code_id);
    }
    std::ranges::sort(news.codes);
    news.codes.erase(std::unique(news.codes.begin(), news.codes.end()), news.codes.end());
    return news;
}

}  // namespace

bool LiveFeed::Join(std::string account_id, CodeScope scope, std::int64_t since,
                    std::shared_ptr<Watcher> watcher) {
    const std::lock_guard lock(mutex_);
    if (is_over_) {
        watcher->End();
        return true;
    }
    if (seats_.size() >= kMostWatchers || of_account_[account_id] >= kMostOfOne) return false;
    ++of_account_[account_id];
    seats_.push_back({std::move(account_id), std::move(scope), std::move(watcher)});
    if (since != 0) TellMissed(seats_.back(), since);
    return true;
}

void LiveFeed::TellMissed(const Seat& seat, std::int64_t since) {
    if (since < forgotten_) {
        seat.watcher->Tell({remembered_.empty() ? forgotten_ : remembered_.back().id, {}});
        return;
    }
    std::vector<Happening> missed;
    for (const Happening& happening : remembered_)
        if (happening.id > since) missed.push_back(happening);
    const News news = NewsFor(seat.scope, missed);
    if (!news.codes.empty()) seat.watcher->Tell(news);
}

void LiveFeed::Leave(auto is_gone) {
    std::erase_if(seats_, [&](const Seat& seat) {
        if (!is_gone(seat)) return false;
        const auto held = of_account_.find(seat.account_id);
        if (--held->second == 0) of_account_.erase(held);
        return true;
    });
}

void LiveFeed::Publish(std::span<const Happening> happenings) {
    const std::lock_guard lock(mutex_);
    for (const Happening& happening : happenings) remembered_.push_back(happening);
    while (remembered_.size() > kRemembered) {
        forgotten_ = std::max(forgotten_, remembered_.front().id);
        remembered_.pop_front();
    }
    Leave([&](const Seat& seat) {
        const News news = NewsFor(seat.scope, happenings);
        return !news.codes.empty() && !seat.watcher->Tell(news);
    });
    for (const Happening& happening : happenings)
        if (MayEndAccess(happening.kind)) EndOf(happening.actor_id, happening.subject_id);
}

void LiveFeed::EndOf(const std::string& one, const std::string& other) {
    if (!of_account_.contains(one) && !of_account_.contains(other)) return;
    Leave([&](const Seat& seat) {
        if (seat.account_id != one && seat.account_id != other) return false;
        seat.watcher->End();
        return true;
    });
}

void LiveFeed::PublishTooMuch(std::int64_t last_event) {
    const std::lock_guard lock(mutex_);
    remembered_.clear();
    forgotten_ = std::max(forgotten_, last_event);
    Leave([&](const Seat& seat) { return !seat.watcher->Tell({last_event, {}}); });
}

void LiveFeed::KeepAlive() {
    const std::lock_guard lock(mutex_);
    Leave([](const Seat& seat) { return !seat.watcher->KeepAlive(); });
}

std::size_t LiveFeed::Count() const {
    const std::lock_guard lock(mutex_);
    return seats_.size();
}

std::int64_t LiveFeed::LastEvent() const {
    const std::lock_guard lock(mutex_);
    return remembered_.empty() ? forgotten_ : std::max(forgotten_, remembered_.back().id);
}

void LiveFeed::EndAll() {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    Leave([](const Seat& seat) {
        seat.watcher->End();
        return true;
    });
}

}  // namespace ostiary
