#include "core/sessions.h"

#include "core/accounts.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kTokenBytes = 32;
constexpr Millis kTouchAfter = 10 * kMinute;  // a session's last use is written down no more often
constexpr std::size_t kLongestUserAgent = 200, kLongestPassword = 1024;

Error NotSignedIn() {
    return {ErrorKind::kSignedOut, "session.none", "Authentication required", "Log in to go on"};
}

Error Refused() {
    return {ErrorKind::kSignedOut, "login.refused", "Authentication failed",
            "The username or the password is wrong"};
}

std::optional<Account> FindByLogin(World& world, std::string_view login) {
    if (!IsCleanText(login, Lines::kOne)) return std::nullopt;
    const std::string key = Fold(Trim(login));
    std::optional<Account> account;
    world.store.Read([&](Work& work) {
        account = work.accounts.FindByUsername(key);
        if (!account) account = work.accounts.FindByEmail(key);
    });
    return account;
}

// A refusal names the account, never what was typed: people type passwords into the wrong box.
void RememberRefusal(World& world, const Origin& origin, const std::optional<Account>& account) {
    Event event = HappenedTo(EventKind::kLoginRefused, origin, world.clock.Now());
    event = account ? About(event, *account) : With(event, RefusalDetails("unknown name"));
    world.store.Write([&](Work& work) { work.events.Append(event); });
}

bool IsLiving(const Session& session, Millis now, const Config& config) {
    return !session.ended_at && now < session.expires_at &&
           now < session.seen_at + config.session_idle_hours * kHour;
}

}  // namespace

Result<Account> CheckPassword(World& world, const Origin& origin, std::string_view login,
                              std::string_view password) {
    if (password.size() > kLongestPassword) password = {};
    const auto account = FindByLogin(world, login);
    const bool right = account && !account->password_hash.empty()
                           ? world.passwords.Verify(account->password_hash, password)
                           : world.passwords.VerifyNobody(password);
    if (right && account->IsActiveAt(world.clock.Now())) return *account;
    RememberRefusal(world, origin, account);
    return Refused();
}

FreshSession MakeSession(World& world, std::string_view account_id, const Origin& origin,
                         std::string_view user_agent) {
    FreshSession fresh;
    fresh.token = RandomToken(world.random, kTokenBytes);
    Session& row = fresh.row;
    row.id_hash = world.vault.Hash(Purpose::kSession, fresh.token);
    row.account_id = account_id;
    row.created_at = row.seen_at = world.clock.Now();
    row.expires_at = row.created_at + world.config.session_days * kDay;
    row.address = origin.address;
    if (IsCleanText(user_agent, Lines::kOne))
        row.user_agent = user_agent.substr(0, kLongestUserAgent);
    if (!IsCleanText(row.user_agent, Lines::kOne)) row.user_agent.clear();  // cut within a letter
    return fresh;
}

Result<SignedIn> LogIn(World& world, const Origin& origin, std::string_view login,
                       std::string_view password, std::string_view user_agent,
                       std::string_view earlier_session_token) {
    const Account account = TRY(CheckPassword(world, origin, login, password));
    const bool stale = world.passwords.NeedsRehash(account.password_hash);
    const std::string rehashed = stale ? world.passwords.Hash(password) : std::string();
    FreshSession session = MakeSession(world, account.id, origin, user_agent);
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        if (!earlier_session_token.empty())
            work.sessions.End(world.vault.Hash(Purpose::kSession, earlier_session_token), now);
        if (stale) {
            auto row = work.accounts.FindForUpdate(account.id);
            if (row && row->password_hash == account.password_hash) {
                row->password_hash = rehashed;
                TRY(work.accounts.Save(*row));
            }
        }
        work.sessions.Add(session.row);
        work.accounts.RecordLogin(account.id, now);
        Event event = About(HappenedTo(EventKind::kLoggedIn, origin, now), account);
        event.actor_id = account.id;
        event.actor_name = account.username;
        work.events.Append(event);
        return {};
    }));
    return SignedIn{account, std::move(session.token)};
}

void LogOut(World& world, const Actor& actor) {
    if (actor.session_id.empty()) return;
    world.store.Write([&](Work& work) {
        const Millis now = world.clock.Now();
        if (work.sessions.End(actor.session_id, now))
            work.events.Append(Happened(EventKind::kLoggedOut, actor, now));
    });
}

Actor MakeActor(const Catalogue& catalogue, const Account& account, const Origin& origin) {
    Actor actor;
    actor.account_id = account.id;
    actor.username = account.username;
    actor.name = account.name.empty() ? account.username : account.name;
    actor.role = account.role;
    actor.task_group = account.task_group;
    actor.is_superuser = account.is_superuser;
    const auto* role = catalogue.FindRole(account.role);
    actor.is_manager = role && role->reach == Reach::kTeam;
    actor.is_staff_flag = account.is_staff;
    actor.time_zone = account.time_zone;
    actor.origin = origin;
    return actor;
}

Result<Actor> ActorOfSession(World& world, std::string_view session_token, const Origin& origin) {
    const std::string id_hash = world.vault.Hash(Purpose::kSession, session_token);
    const Millis now = world.clock.Now();
    std::optional<Session> session;
    std::optional<Account> account;
    world.store.Read([&](Work& work) {
        session = work.sessions.Find(id_hash);
        if (session && IsLiving(*session, now, world.config))
            account = work.accounts.Find(session->account_id);
    });
    if (!account || !account->IsActiveAt(now)) return NotSignedIn();
    if (now - session->seen_at >= kTouchAfter) {
        TRY(world.store.Transact([&](Work& work) -> Result<void> {
            work.sessions.Touch(id_hash, now);
            work.accounts.RecordSeen(session->account_id, now);
            return {};
        }));
    }
    Actor actor = MakeActor(world.config.catalogue, *account, origin);
    actor.session_id = id_hash;
    return actor;
}

Result<std::vector<Session>> OwnSessions(Permit<kOwnAccount> permit, World& world) {
    std::vector<Session> sessions;
    world.store.Read([&](Work& work) {
        sessions = work.sessions.ListOf(permit.holder().account_id, world.clock.Now());
    });
    return sessions;
}

Result<void> EndOwnSession(Permit<kOwnAccount> permit, World& world, std::string_view id_hash) {
    const Actor& actor = permit.holder();
    return world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto session = work.sessions.Find(id_hash);
        if (!session || session->account_id != actor.account_id)
            return Error{ErrorKind::kNotFound, "session.unknown", "Not found",
                         "There is no such session"};
        if (!work.sessions.End(id_hash, now)) return {};
        Event event = Happened(EventKind::kSessionEnded, actor, now);
        event.subject_id = actor.account_id;
        event.subject_name = actor.username;
        work.events.Append(event);
        return {};
    });
}

Result<void> EndSession(Permit<kUsersWrite> permit, World& world, std::string_view id_hash) {
    return world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto session = work.sessions.Find(id_hash);
        const auto account = session ? work.accounts.Find(session->account_id) : std::nullopt;
        if (!account)
            return Error{ErrorKind::kNotFound, "session.unknown", "Not found",
                         "There is no such session"};
        if (work.sessions.End(id_hash, now))
            work.events.Append(
                About(Happened(EventKind::kSessionEnded, permit.holder(), now), *account));
        return {};
    });
}

Result<void> EndOtherSessions(Permit<kOwnAccount> permit, World& world) {
    const Actor& actor = permit.holder();
    return world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        work.sessions.EndAllOf(actor.account_id, actor.session_id, now);
        Event event = Happened(EventKind::kSessionEnded, actor, now);
        event.subject_id = actor.account_id;
        event.subject_name = actor.username;
        work.events.Append(event);
        return {};
    });
}

}  // namespace ostiary
