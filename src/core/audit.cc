#include "core/audit.h"

#include <boost/json.hpp>

#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;
using enum Permission;

constexpr std::string_view kNobody = "nobody";  // no account's id: they are UUIDs

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
        case EventKind::kAccountCreated:
        case EventKind::kAccountEdited:
        case EventKind::kAccountDeactivated:
        case EventKind::kAccountReactivated:
        case EventKind::kAccountDeleted:
        case EventKind::kAircraftEdited:
        case EventKind::kAircraftRetired:
        case EventKind::kAircraftReturned:
        case EventKind::kAircraftDeleted:
        case EventKind::kWebhookEdited: return true;
        default: return false;
    }
}

}  // namespace

Result<EventPage> ListEvents(Permit<kAuditRead>, World& world, EventQuery query,
                             std::string_view person) {
    const std::string key = IsCleanText(person, Lines::kOne) ? Fold(Trim(person)) : std::string();
    EventPage page;
    world.store.Read([&](Work& work) {
        if (!Trim(person).empty()) {
            auto account = work.accounts.FindByUsername(key);
            if (!account) account = work.accounts.FindByEmail(key);
            query.person = account ? account->id : std::string(kNobody);
        }
        page = work.events.List(query);
    });
    return page;
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
