#include "core/reports.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/accounts.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr Day kUsualDays = 30, kMostDays = 3660;
constexpr Millis kSoon = 7 * kDay;
constexpr std::size_t kMostEnding = 1'000, kMostSettled = 50'000;
constexpr std::size_t kCountedAtOnce = 1'000;

void AddCodes(CodeFigures& figures, CodeStatus status, std::int64_t codes, std::int64_t used) {
    figures.total += codes;
    figures.used += used;
    if (IsUsable(status)) figures.usable += codes;
    switch (status) {
        case CodeStatus::kPending: figures.pending += codes; break;
        case CodeStatus::kInactive: figures.inactive += codes; break;
        case CodeStatus::kExpired: figures.expired += codes; break;
        case CodeStatus::kExhausted: figures.exhausted += codes; break;
        case CodeStatus::kScheduled: figures.scheduled += codes; break;
        case CodeStatus::kWarning:
        case CodeStatus::kActive: break;
    }
}

// Shares by name; those of the catalogue come first and are there even where they are empty.
class Shares {
public:
    template <class Entries>
    explicit Shares(const Entries& entries) {
        for (const auto& entry : entries) Of(entry.name);
    }
    Share& Of(const std::string& name) {
        const auto [at, fresh] = places_.try_emplace(name, shares_.size());
        if (fresh) shares_.emplace_back().name = name;
        return shares_[at->second];
    }
    std::vector<Share> Take() { return std::move(shares_); }

private:
    std::vector<Share> shares_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

// What the store knows, put together.
class Reporting {
public:
    Reporting(World& world, const CodeScope& scope, const Period& period)
        : world_(world), scope_(scope), calendar_(period.time_zone) {
        report_.period = period;
    }

    Report Run() {
        const Catalogue& catalogue = world_.config.catalogue;
        roles_ = Shares(catalogue.roles);
        groups_ = Shares(catalogue.task_groups);
        CatchUpLists(world_, world_.clock.Now(), kMostSettled);
        world_.store.Read([&](Work& work) { Read(work); });
        PutCodesInPlace();
        PutQuartersInPlace();
        PutSharesInPlace();
        report_.roles = roles_.Take();
        report_.task_groups = groups_.Take();
        report_.creators = creators_.Take();
        std::ranges::stable_sort(report_.creators, std::greater(),
                                 [](const Share& one) { return one.codes.total; });
        return std::move(report_);
    }

private:
    void Read(Work& work) {
        const Period& period = report_.period;
        const Day before = period.first - period.days();
        const TallyQuery query{scope_, period.from, period.until};
        codes_ = work.codes.Tally(scope_);
        quarters_ = work.reports.Quarters({scope_, calendar_.StartOf(before), period.until});
        shares_ = work.reports.Shares(query);
        created_by_ = work.reports.Creators(query);
        codes_of_ = work.reports.CodesOfCreators(scope_);
        const Millis now = world_.clock.Now();
        report_.ending = work.reports.CountExpiring(scope_, now, now + kSoon, kMostEnding + 1);
        report_.ending_is_at_least = report_.ending > static_cast<std::int64_t>(kMostEnding);
        if (report_.ending_is_at_least) report_.ending = kMostEnding;
    }

    void PutCodesInPlace() {
        for (const CodeTally& tally : codes_) {
            AddCodes(report_.codes, tally.status, tally.codes, tally.used);
            AddCodes(roles_.Of(tally.role).codes, tally.status, tally.codes, tally.used);
            AddCodes(groups_.Of(tally.task_group).codes, tally.status, tally.codes, tally.used);
        }
        for (const CreatorTally& one : codes_of_)
            AddCodes(creators_.Of(one.creator).codes, one.status, one.codes, one.used);
    }

    void PutQuartersInPlace() {
        const Period& period = report_.period;
        report_.days.resize(static_cast<std::size_t>(period.days()));
        for (Day day = period.first; day <= period.last; ++day)
            report_.days[static_cast<std::size_t>(day - period.first)].first = day;
        std::ranges::sort(quarters_, {}, &TalliedQuarter::at);  // the calendar likes them in order
        std::map<std::string, std::int64_t> reasons;
        for (const TalliedQuarter& one : quarters_) {
            if (one.at < period.from) {
                report_.sum_before.Of(one.kind) += one.count;
                continue;
            }
            const LocalHour local = calendar_.At(one.at);
            const auto day = static_cast<std::size_t>(local.day - period.first);
            if (day >= report_.days.size()) continue;
            report_.sum.Of(one.kind) += one.count;
            report_.days[day].second.Of(one.kind) += one.count;
            if (one.kind == TallyKind::kRefused) reasons[one.reason] += one.count;
            if (one.kind == TallyKind::kJoined || one.kind == TallyKind::kRedeemed)
                report_.week[static_cast<std::size_t>(WeekdayOf(local.day))]
                            [static_cast<std::size_t>(local.hour)] += one.count;
        }
        report_.reasons.assign(reasons.begin(), reasons.end());
        std::ranges::stable_sort(report_.reasons, std::greater(),
                                 &std::pair<std::string, std::int64_t>::second);
    }

    void PutSharesInPlace() {
        for (const TalliedShare& one : shares_) {
            roles_.Of(one.role).tallied.Of(one.kind) += one.count;
            groups_.Of(one.task_group).tallied.Of(one.kind) += one.count;
        }
        for (const TalliedCreator& one : created_by_)
            creators_.Of(one.creator).tallied.Of(one.kind) += one.count;
    }

    World& world_;
    const CodeScope& scope_;
    Calendar calendar_;
    Report report_;
    Shares roles_{std::vector<Share>()}, groups_{std::vector<Share>()},
        creators_{std::vector<Share>()};
    std::vector<CodeTally> codes_;
    std::vector<TalliedQuarter> quarters_;
    std::vector<TalliedShare> shares_;
    std::vector<TalliedCreator> created_by_;
    std::vector<CreatorTally> codes_of_;
};

std::optional<Day> DayIn(std::string_view field, const std::string& typed,
                         std::vector<FieldError>& errors) {
    if (Trim(typed).empty()) return std::nullopt;
    const auto day = ParseDay(Trim(typed));
    if (!day)
        errors.push_back({std::string(field), std::string(field) + ".invalid",
                          field == "from" ? Say("From must be a day such as 2026-11-21")
                                          : Say("To must be a day such as 2026-11-21")});
    return day;
}

}  // namespace

std::int64_t& Tallied::Of(TallyKind kind) {
    switch (kind) {
        case TallyKind::kJoined: return joined;
        case TallyKind::kRedeemed: return redeemed;
        case TallyKind::kRefused: return refused;
        case TallyKind::kCreated: break;
    }
    return created;
}

std::optional<int> PercentOf(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return std::nullopt;
    return static_cast<int>(
        std::lround(100.0 * static_cast<double>(part) / static_cast<double>(whole)));
}

Result<Period> PeriodOf(const PeriodAsked& asked, std::string_view time_zone, Millis now) {
    Calendar calendar(time_zone);
    const Day today = calendar.DayAt(now);
    std::vector<FieldError> errors;
    const auto from = DayIn("from", asked.from, errors), to = DayIn("to", asked.to, errors);
    const bool has_days = !Trim(asked.days).empty();
    const Day days = has_days ? ParseInt(Trim(asked.days)).value_or(0) : kUsualDays;
    if (has_days) {
        if (from && to)
            errors.push_back({"days", "days.invalid", "Give From and To, or one of them and Days"});
        else if (days < 1 || days > kMostDays)
            errors.push_back(
                {"days", "days.invalid", Say("Days must be a number from 1 to {}", kMostDays)});
    }
    if (!errors.empty()) return InvalidFields(std::move(errors));
    Period period;
    period.last = to.value_or(from && has_days        ? *from + days - 1
                              : from && *from > today ? *from
                                                      : today);
    period.first = from.value_or(period.last - days + 1);
    period.time_zone = time_zone;
    if (period.last < period.first)
        return InvalidFields(
            {{"to", "to.before_from", "To must be the same day as From, or a later one"}});
    if (period.first < *ParseDay("0001-01-01") || period.last > *ParseDay("9999-12-31"))
        return InvalidFields({{has_days ? "days" : "to", has_days ? "days.invalid" : "to.invalid",
                               "From and To must lie in the years 1 to 9999"}});
    if (period.days() > kMostDays)
        return InvalidFields({{"from", "from.too_early",
                               Say("From and To must be at most {} days apart", kMostDays)}});
    period.from = calendar.StartOf(period.first);
    period.until = calendar.StartOf(period.last + 1);
    return period;
}

Result<Report> GetReport(Permit<kReportsRead>, World& world, const CodeScope& scope,
                         const Period& period) {
    return Reporting(world, scope, period).Run();
}

void CountUpReports(World& world, std::size_t most) {
    bool behind = false;
    world.store.Read([&](Work& work) { behind = work.reports.IsBehind(); });
    for (std::size_t counted = 0, last = kCountedAtOnce;
         behind && last == kCountedAtOnce && counted < most; counted += last) {
        world.store.Write([&](Work& work) { last = work.reports.CountUp(kCountedAtOnce); });
    }
}

}  // namespace ostiary
