// Who has not heard of what waits for them gets one mail about all of it.

#include <algorithm>

#include "core/alerts.h"
#include "core/mails.h"
#include "core/sessions.h"
#include "util/mailbox.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr Millis kBetweenDigests = kHour;
constexpr std::size_t kPeopleAtOnce = 100;
constexpr std::string_view kTold = "alerts told until";  // the id of an alert: everybody knows it

std::string KeyOf(const Account& account) { return "alerts told to " + account.id; }

std::int64_t NumberAt(Work& work, std::string_view key) {
    return ParseInt(work.facts.Get(key).value_or("")).value_or(0);
}

// Everybody who has a page of alerts: each once, though they may be several kinds of person.
template <class Each>
void ForEachReader(Work& work, const Catalogue& catalogue, Millis now, Each each) {
    const auto walk = [&](AccountQuery query) {
        query.state = "active";
        query.page_size = kPeopleAtOnce;
        do {
            const AccountPage page = work.accounts.List(query, now);
            for (const AccountWithAccess& one : page.accounts)
                if (query.flag == "superuser" || !one.account.is_superuser) each(one.account);
            query.cursor = page.next;
        } while (!query.cursor.empty());
    };
    AccountQuery superusers;
    superusers.flag = "superuser";
    walk(superusers);
    for (const RoleEntry& role : catalogue.roles) {
        if (role.reach == Reach::kNone) continue;
        AccountQuery leaders;
        leaders.role = role.name;
        walk(leaders);
    }
}

// Whether there is something new for this person, as far as `last`.
bool HasNews(Work& work, const World& world, const Account& account, std::int64_t last,
             Millis now) {
    const Actor actor = MakeActor(world.config.catalogue, account, {Door::kProgram, {}, {}});
    const Portal& portal = PortalOf(account.is_superuser ? PortalId::kAdmin : PortalId::kManager);
    AlertQuery query;
    query.scope = AlertScopeOf(actor, portal, world);
    query.after = std::max(NumberAt(work, KeyOf(account)), NumberAt(work, kTold));
    query.before = last + 1;
    query.page_size = 1;
    return actor.May(portal.permission) && !work.alerts.List(query, now).empty();
}

}  // namespace

void MailAlerts(World& world) {
    if (!world.config.SendsMail()) return;
    const Millis now = world.clock.Now();
    bool is_anything_new = false;
    world.store.Read(
        [&](Work& work) { is_anything_new = work.alerts.LastId() > NumberAt(work, kTold); });
    if (!is_anything_new) return;
    world.store.Write([&](Work& work) {
        if (!work.alerts.Begin()) return;
        const std::int64_t last = work.alerts.LastId();
        bool does_anybody_wait = false;
        ForEachReader(work, world.config.catalogue, now, [&](const Account& account) {
            if (!EmailAddress::Parse(account.email) || !TakesMails(work, account.id) ||
                !HasNews(work, world, account, last, now))
                return;
            const Millis since = now - kBetweenDigests;
            if (work.mails.CountTo(account.id, MailKind::kAlertDigest, since) > 0) {
                does_anybody_wait = true;
                return;
            }
            MailDigest(work, world, account);
            work.facts.Set(KeyOf(account), std::to_string(last));
        });
        if (!does_anybody_wait) work.facts.Set(kTold, std::to_string(last));
    });
}

}  // namespace ostiary
