// What is new since the last look, judged: raised, raised again because it got worse, or over.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "core/alerts.h"
#include "core/happenings.h"
#include "util/addresses.h"

namespace ostiary {
namespace {

// A burst is compared with what lies before this many of its windows, so that a long one is not
// its own history; and with no more of that than this.
constexpr Millis kWindowsApart = 12;
constexpr Millis kHistory = 30 * kDay, kLeastHistory = kDay;
constexpr std::size_t kUsesLookedAt = 1000, kEndingAtOnce = 500, kClosedAtOnce = 500;
constexpr std::int64_t kUsualDays = 100;
constexpr std::int64_t kWorse = 2;  // times as bad
constexpr std::int64_t kFullWeight = 1'000'000;

using Key = std::pair<AlertKind, std::string>;

std::string SubjectOf(const Code& code) { return fmt::format("code {}", code.id); }

Alert AboutCode(AlertKind kind, const Code& code) {
    Alert alert;
    alert.kind = kind;
    alert.subject = SubjectOf(code);
    alert.subject_name = ShortName(code);
    alert.code_id = code.id;
    return alert;
}

bool Works(const Code& code, Millis now) {
    return !code.deleted_at && IsUsable(StatusAt(code, now));
}

// Of IPv6 the network: whoever has one address there has them all.
std::string NetworkOf(const std::string& address) {
    auto bytes = ParseAddress(address);
    if (!bytes || address.find(':') == address.npos) return address;
    const std::string whole = FormatAddress(*bytes);
    if (whole.find('.') != whole.npos) return whole;  // IPv4 in IPv6
    std::fill(bytes->begin() + 8, bytes->end(), std::uint8_t{0});
    return FormatAddress(*bytes) + "/64";
}

std::string TextIn(const std::string& details, std::string_view name) {
    boost::json::error_code broken;
    const auto parsed = boost::json::parse(details, broken);
    if (broken || !parsed.is_object()) return {};
    const auto* found = parsed.as_object().if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
}

// The most moments that lie within one window. They are given newest first.
std::int64_t Busiest(std::span<const Millis> moments, Millis window) {
    std::size_t most = 0, newest = 0;
    for (std::size_t oldest = 0; oldest < moments.size(); ++oldest) {
        while (moments[newest] - moments[oldest] >= window) ++newest;
        most = std::max(most, oldest - newest + 1);
    }
    return static_cast<std::int64_t>(most);
}

class Look {
public:
    Look(Work& work, const World& world, Millis now)
        : work_(work), config_(world.config), now_(now) {}

    void Run(std::size_t most) {
        for (const AlertedEvent& event : work_.alerts.ReadOn(most)) Note(event);
        JudgeCodes();
        for (const Code& code :
             work_.alerts.Ending(now_, now_ + Horizon(), Horizon() > 0 ? kEndingAtOnce : 0)) {
            if (!code.batch.empty())
                batches_.insert(code.batch);
            else if (const auto found = Expiring(code))
                Raise(*found);
        }
        for (const std::string& batch : batches_) JudgeBatch(batch);
        JudgeFailures();
        JudgeRefusals();
        for (Alert& alert : work_.alerts.Due(now_, kClosedAtOnce)) Close(alert);
    }

private:
    Millis Horizon() const { return config_.alert_expiring_days * kDay; }
    Millis QuietFrom(Millis then) const { return then + config_.alert_quiet_hours * kHour; }

    // ── What happened ──────────────────────────────────────────────────────────────────────────

    void Note(const AlertedEvent& event) {
        const std::string_view kind = event.kind;
        if (kind == "mail.failed" || kind == "mail.sent") return NoteMail(event);
        if (kind.starts_with("webhook.")) return NoteWebhook(event);
        if (kind.ends_with(".refused") || kind == "password.reset_refused") {
            const std::int64_t minute = event.at / kMinute;
            if (!event.address.empty()) ++failures_[NetworkOf(event.address)][minute];
            if (kind == "registration.refused") ++refusals_[minute];
            return;
        }
        if (event.code_id == 0) return;
        touched_.insert(event.code_id);
        if (kind == "code.redeemed" || !kind.starts_with("code.")) ++used_[event.code_id];
    }

    void NoteMail(const AlertedEvent& event) {
        // That a digest was not sent is told by the alerts that it was about.
        if (TextIn(event.details, "mail") == NameOf(MailKind::kAlertDigest)) return;
        Alert alert;
        alert.kind = AlertKind::kMailFailed;
        alert.code_id = event.code_id;
        alert.subject = event.code_id != 0 ? fmt::format("code {}", event.code_id)
                                           : "account " + event.subject_id;
        alert.subject_name = event.subject_name;
        if (event.kind == "mail.sent") return CloseIfOpen(alert.kind, alert.subject);
        alert.reason = TextIn(event.details, "reason");
        alert.amount = 1;
        alert.ends_at = QuietFrom(now_);
        Raise(alert);
    }

    void NoteWebhook(const AlertedEvent& event) {
        const auto hook = work_.webhooks.Find(event.subject_id);
        Alert alert;
        alert.kind = AlertKind::kWebhookOff;
        alert.subject = "webhook " + event.subject_id;
        alert.subject_name = event.subject_name;
        if (!hook || !hook->disabled_at) return CloseIfOpen(alert.kind, alert.subject);
        if (event.kind == "webhook.disabled") Raise(alert);
    }

    // ── Codes ──────────────────────────────────────────────────────────────────────────────────

    void JudgeCodes() {
        if (touched_.empty()) return;
        const std::vector<CodeId> ids(touched_.begin(), touched_.end());
        std::map<Key, Alert> open;
        for (Alert& alert : work_.alerts.OpenOf(ids))
            if (alert.batch.empty()) open.emplace(Key{alert.kind, alert.subject}, std::move(alert));
        for (const Code& code : work_.alerts.CodesOf(ids)) {
            if (!code.batch.empty()) batches_.insert(code.batch);
            Settle(open, code, AlertKind::kExpiring,
                   code.batch.empty() ? Expiring(code) : std::nullopt);
            Settle(open, code, AlertKind::kNearlyUsedUp, NearlyUsedUp(code));
            const auto used = used_.find(code.id);
            const auto burst = used == used_.end() ? std::nullopt : Unusual(code, used->second);
            if (burst || !Works(code, now_)) Settle(open, code, AlertKind::kUnusualUse, burst);
            if (!Works(code, now_)) Settle(open, code, AlertKind::kMailFailed, std::nullopt);
        }
    }

    void Settle(std::map<Key, Alert>& open, const Code& code, AlertKind kind,
                const std::optional<Alert>& found) {
        const auto known = open.find({kind, SubjectOf(code)});
        if (known == open.end()) {
            if (found) Add(*found);
        } else if (found) {
            Renew(known->second, *found);
        } else {
            Close(known->second);
        }
    }

    // A code that was made for no longer than that is not announced: its maker knows.
    std::optional<Alert> Expiring(const Code& code) const {
        if (!code.expires_at || !Works(code, now_) || *code.expires_at > now_ + Horizon() ||
            *code.expires_at - code.created_at <= Horizon())
            return std::nullopt;
        Alert alert = AboutCode(AlertKind::kExpiring, code);
        alert.amount = 1;
        alert.until = alert.ends_at = code.expires_at;
        return alert;
    }

    std::optional<Alert> NearlyUsedUp(const Code& code) const {
        const std::int64_t percent = config_.alert_used_percent;
        if (percent == 0 || !code.max_uses || *code.max_uses < 2 || code.used_count == 0 ||
            !Works(code, now_) || code.used_count * 100 < *code.max_uses * percent)
            return std::nullopt;
        Alert alert = AboutCode(AlertKind::kNearlyUsedUp, code);
        alert.amount = code.used_count;
        alert.compared = *code.max_uses;
        alert.weight = kFullWeight / (*code.max_uses - code.used_count);
        alert.ends_at = code.expires_at;
        return alert;
    }

    // So many uses within one window as there never were before in this code's own history.
    std::optional<Alert> Unusual(const Code& code, std::int64_t more) const {
        const std::int64_t least = config_.alert_burst_uses;
        const Millis window = config_.alert_burst_minutes * kMinute;
        const Millis history_until = now_ - kWindowsApart * window;
        const Millis begun = std::max(code.starts_at.value_or(0), code.created_at);
        if (least == 0 || code.used_count < least || now_ - begun < kLeastHistory)
            return std::nullopt;
        const auto uses = work_.alerts.LatestUses(code.id, kUsesLookedAt);
        const auto within = static_cast<std::int64_t>(
            std::ranges::count_if(uses, [&](Millis at) { return at > now_ - window; }));
        if (within < least) return std::nullopt;
        const Millis history_from = std::max(begun, history_until - kHistory);
        const auto is_recent = [&](Millis at) { return at > history_until; };
        const auto first = std::ranges::find_if_not(uses, is_recent);
        const auto last =
            std::find_if(first, uses.end(), [&](Millis at) { return at < history_from; });
        const std::span<const Millis> earlier(first, last);
        if (within < config_.alert_burst_factor * Busiest(earlier, window)) return std::nullopt;
        Alert alert = AboutCode(AlertKind::kUnusualUse, code);
        alert.amount = alert.weight = within;
        alert.minutes = config_.alert_burst_minutes;
        alert.times = more;
        // Where not all of it was looked at, it reaches as far as what was, or is all there is.
        auto count = static_cast<std::int64_t>(earlier.size());
        Millis from = history_from;
        if (uses.size() == kUsesLookedAt && last == uses.end()) {
            from = count == 0 ? begun : earlier.back();
            if (count == 0) count = code.used_count - static_cast<std::int64_t>(uses.size());
        }
        alert.compared = Usual(count, history_until - from);
        alert.ends_at = QuietFrom(now_);
        return alert;
    }

    // In so many days as are told.
    static std::int64_t Usual(std::int64_t count, Millis span) {
        if (count == 0) return 0;
        return std::max<std::int64_t>(1, count * kUsualDays * kDay / std::max(span, kLeastHistory));
    }

    // Codes that were made together end together: one alert for them all.
    void JudgeBatch(const std::string& batch) {
        CodeQuery query;
        query.scope = CodeScope::All();
        query.batch = batch;
        query.status = "usable";
        query.order = CodeOrder::kSoonestExpiry;
        query.page_size = 1;
        query.count = true;
        const CodePage page = work_.codes.List(query, now_);
        const std::string subject = "batch " + batch;
        auto found = page.codes.empty() ? std::nullopt : Expiring(page.codes.front());
        if (!found) return CloseIfOpen(AlertKind::kExpiring, subject);
        found->subject = subject;
        found->batch = batch;
        found->amount = std::max<std::int64_t>(page.total.value_or(1), 1);
        Raise(*found);
    }

    // ── What is about no code ──────────────────────────────────────────────────────────────────

    void JudgeFailures() {
        const std::int64_t minutes = config_.alert_failures_minutes, most = config_.alert_failures;
        if (most == 0) return;
        for (const auto& [address, by_minute] : failures_) {
            std::int64_t more = 0;
            for (const auto& [minute, count] : by_minute) {
                work_.alerts.Count("address " + address, minute, count);
                more += count;
            }
            Alert alert;
            alert.kind = AlertKind::kFailures;
            alert.subject = "address " + address;
            alert.subject_name = address;
            alert.minutes = minutes;
            alert.amount = alert.weight =
                work_.alerts.CountedSince(alert.subject, now_ / kMinute - minutes);
            alert.times = more;
            alert.ends_at = QuietFrom(now_);
            if (alert.amount >= most) Raise(alert);
        }
    }

    void JudgeRefusals() {
        const std::int64_t minutes = config_.alert_refusals_minutes, most = config_.alert_refusals;
        if (most == 0 || refusals_.empty()) return;
        std::int64_t more = 0;
        for (const auto& [minute, count] : refusals_) {
            work_.alerts.Count("", minute, count);
            more += count;
        }
        Alert alert;
        alert.kind = AlertKind::kRefusals;
        alert.subject = "registrations";
        alert.minutes = minutes;
        alert.amount = alert.weight = work_.alerts.CountedSince("", now_ / kMinute - minutes);
        if (alert.amount < most) return;
        alert.times = more;
        const Millis until = now_ - kWindowsApart * minutes * kMinute;
        TallyQuery query{CodeScope::All(), until - kHistory, until};
        std::int64_t usual = 0;
        for (const TalliedQuarter& quarter : work_.reports.Quarters(query))
            if (quarter.kind == TallyKind::kRefused) usual += quarter.count;
        alert.compared = Usual(usual, kHistory);
        // Within one window, on average.
        if (alert.amount * (kHistory / kMinute) < config_.alert_burst_factor * usual * minutes)
            return;
        alert.ends_at = QuietFrom(now_);
        Raise(alert);
    }

    // ── Raising and closing ────────────────────────────────────────────────────────────────────

    void Raise(const Alert& found) {
        auto known = work_.alerts.FindOpen(found.kind, found.subject);
        known ? Renew(*known, found) : Add(found);
    }

    void CloseIfOpen(AlertKind kind, std::string_view subject) {
        if (auto known = work_.alerts.FindOpen(kind, subject)) Close(*known);
    }

    void Add(Alert alert) {
        alert.raised_at = alert.seen_at = now_;
        alert.id = work_.alerts.Add(alert);
        Event event = HappenedTo(EventKind::kAlertRaised, {Door::kProgram, {}, {}}, now_);
        event.code_id = alert.code_id;
        event.subject_id = std::to_string(alert.id);
        event.subject_name = alert.subject_name;
        work_.events.Append(
            With(std::move(event), PairDetails({{"alert", std::string(NameOf(alert.kind))},
                                                {"why", WhyAlerted(alert, now_)}})));
    }

    // It is known. Once somebody has acknowledged it, they hear of it again where it is worse.
    void Renew(Alert& known, const Alert& found) {
        const bool is_worse = found.weight >= kWorse * known.weight;
        if (known.acknowledged_at && is_worse) {
            Close(known);
            return Add(found);
        }
        if (IsStanding(found.kind) && known.amount == found.amount && known.until == found.until &&
            known.subject_name == found.subject_name)
            return;
        if (!known.acknowledged_at) known.weight = std::max(known.weight, found.weight);
        known.subject_name = found.subject_name;
        known.amount = found.minutes ? std::max(known.amount, found.amount) : found.amount;
        known.compared = found.compared;
        known.minutes = found.minutes;
        known.until = found.until;
        known.reason = found.reason;
        known.times += found.times;
        known.seen_at = now_;
        known.ends_at = found.ends_at;
        if (known.snoozed_until && found.ends_at && !found.until)
            known.ends_at = std::max(*found.ends_at, *known.snoozed_until);
        work_.alerts.Save(known);
    }

    // A state of things; the others are what happened.
    static bool IsStanding(AlertKind kind) {
        return kind == AlertKind::kExpiring || kind == AlertKind::kNearlyUsedUp ||
               kind == AlertKind::kWebhookOff;
    }

    void Close(Alert& alert) {
        alert.closed_at = now_;
        work_.alerts.Save(alert);
    }

    Work& work_;
    const Config& config_;
    const Millis now_;
    std::set<CodeId> touched_;
    std::set<std::string> batches_;
    std::map<CodeId, std::int64_t> used_;
    std::map<std::string, std::map<std::int64_t, std::int64_t>> failures_;  // by network and minute
    std::map<std::int64_t, std::int64_t> refusals_;                         // by minute
};

}  // namespace

void LookForAlerts(World& world, std::size_t most) {
    const Millis now = world.clock.Now();
    const Millis until = now + world.config.alert_expiring_days * kDay;
    bool is_anything_new = false;
    world.store.Read([&](Work& work) {
        is_anything_new =
            work.alerts.IsAnythingNew(now, world.config.alert_expiring_days > 0 ? until : now);
    });
    if (!is_anything_new) return;
    world.store.Write([&](Work& work) {
        if (work.alerts.Begin()) Look(work, world, now).Run(most);
    });
}

}  // namespace ostiary
