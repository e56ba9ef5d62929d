#include "core/audit.h"

#include <boost/json.hpp>

#include "core/accounts.h"
#include "core/happenings.h"
#include "util/calendar.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;
using enum Permission;

constexpr std::string_view kNobody = "nobody";  // no account's id: they are UUIDs
constexpr Millis kReadAnew = 15 * kMinute;
constexpr std::size_t kDeedsLookedAt = 500;

std::string Readable(const json::value& value) {
    if (value.is_string()) return std::string(value.as_string());
    if (value.is_null()) return {};
    if (value.is_bool()) return value.as_bool() ? "yes" : "no";
    if (!value.is_array()) return json::serialize(value);
    std::vector<std::string> parts;
    for (const json::value& part : value.as_array()) parts.push_back(Readable(part));
    return Join(parts, ", ");
}

// {"label": ["old", "new"]}: what a change looks like, told apart from a list of two tags by the
// kinds of events that carry changes.
bool CarriesChanges(EventKind kind) {
    switch (kind) {
        case EventKind::kCodeEdited:
        case EventKind::kCodeReactivated:
        case EventKind::kCodeHandedOver:
        case EventKind::kAccountCreated:
        case EventKind::kAccountEdited:
        case EventKind::kAccountDeactivated:
        case EventKind::kAccountReactivated:
        case EventKind::kAccountDeleted:
        case EventKind::kAircraftEdited:
        case EventKind::kAircraftRetired:
        case EventKind::kAircraftReturned:
        case EventKind::kAircraftDeleted:
        case EventKind::kAuditAccepted:
        case EventKind::kDatabaseMigrated:
        case EventKind::kWebhookEdited: return true;
        default: return false;
    }
}

std::optional<Day> DayIn(std::string_view field, std::string_view rule, const std::string& typed,
                         std::vector<FieldError>& errors) {
    if (Trim(typed).empty()) return std::nullopt;
    const auto day = ParseDay(Trim(typed));
    if (!day)
        errors.push_back({std::string(field), std::string(field) + ".invalid", std::string(rule)});
    return day;
}

// The id of whoever is meant.
std::string PersonIn(World& world, const std::string& typed) {
    if (!IsCleanText(typed, Lines::kOne)) return std::string(kNobody);
    const std::string name(Trim(typed)), key = Fold(name);
    std::string id(kNobody);
    world.store.Read([&](Work& work) {
        auto account = work.accounts.FindByUsername(key);
        if (!account) account = work.accounts.FindByEmail(key);
        if (!account) account = work.accounts.Find(name);
        if (account) {
            id = account->id;
            return;
        }
        const auto deleted = work.audit.DeletedAccounts(name, 1);
        id = deleted.empty() ? std::string(kNobody) : deleted.front();
    });
    return id;
}

}  // namespace

std::string DetailsOf(const AuditAsked& asked, const EventQuery& query) {
    std::vector<std::pair<std::string, std::string>> details;
    for (const auto& [name, value] :
         {std::pair<const char*, const std::string&>{"kind", asked.kind},
          {"person", query.person},
          {"code", asked.code},
          {"from", asked.from},
          {"to", asked.to},
          {"search", asked.search}})
        if (!value.empty() && IsCleanText(value, Lines::kOne)) details.emplace_back(name, value);
    return details.empty() ? std::string() : PairDetails(details);
}

Result<EventQuery> EventQueryOf(World& world, const AuditAsked& asked, std::string_view time_zone) {
    EventQuery query;
    query.kind = asked.kind;
    query.search = IsCleanText(asked.search, Lines::kOne) ? Trim(asked.search) : std::string_view();
    std::vector<FieldError> errors;
    if (!Trim(asked.code).empty()) {
        query.code_id = ParseInt(Trim(asked.code)).value_or(0);
        if (query.code_id <= 0)
            errors.push_back({"code", "code.invalid", "Code must be the number of a code"});
    }
    const Calendar calendar(time_zone);
    const auto from = DayIn("from", "From must be a day such as 2026-11-21", asked.from, errors);
    const auto to = DayIn("to", "To must be a day such as 2026-11-21", asked.to, errors);
    if (from) query.from = calendar.StartOf(*from);
    if (to) query.until = calendar.StartOf(*to + 1);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    if (!Trim(asked.person).empty()) query.person = PersonIn(world, asked.person);
    return query;
}

Result<EventPage> ListEvents(Permit<kAuditRead> permit, World& world, const AuditAsked& asked,
                             const EventCursor& cursor) {
    EventQuery query = TRY(EventQueryOf(world, asked, permit.holder().time_zone));
    query.cursor = cursor.beyond;
    query.newer = cursor.newer;
    query.page_size = cursor.page_size;
    RememberAuditRead(world, permit.holder(), DetailsOf(asked, query));
    EventPage page;
    world.store.Read([&](Work& work) { page = work.events.List(query); });
    return page;
}

void RememberAuditRead(World& world, const Actor& actor, std::string_view details) {
    const Millis now = world.clock.Now();
    std::optional<Millis> before;
    if (!actor.account_id.empty())
        world.store.Read([&](Work& work) {
            before = work.events.LastDeed(actor.account_id, EventKind::kAuditRead, kDeedsLookedAt);
        });
    if (before && now - *before < kReadAnew) return;
    world.store.Write([&](Work& work) {
        work.events.Append(With(Happened(EventKind::kAuditRead, actor, now), std::string(details)));
    });
}

std::vector<EventFact> FactsOf(const Event& event) {
    std::vector<EventFact> facts;
    json::error_code ignored;  // details that are no object have nothing to say
    const json::value details = json::parse(event.details, ignored);
    if (ignored || !details.is_object()) return facts;
    for (const auto& [name, value] : details.as_object()) {
        EventFact& fact = facts.emplace_back();
        fact.name = name;
        fact.is_change =
            CarriesChanges(event.kind) && value.is_array() && value.as_array().size() == 2;
        if (fact.is_change) {
            fact.before = Readable(value.as_array()[0]);
            fact.after = Readable(value.as_array()[1]);
        } else {
            fact.after = Readable(value);
        }
    }
    std::erase_if(facts,
                  [](const EventFact& fact) { return fact.before.empty() && fact.after.empty(); });
    return facts;
}

Result<Overview> GetOverview(Permit<kAuditRead>, World& world, std::size_t events) {
    const Millis now = world.clock.Now();
    Overview overview;
    world.store.Read([&](Work& work) {
        overview.people = work.accounts.CountActive(now);
        overview.latest = work.events.Latest(events);
    });
    return overview;
}

}  // namespace ostiary
