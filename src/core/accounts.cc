#include "core/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/account_changes.h"
#include "core/aircraft.h"
#include "core/happenings.h"
#include "core/pulls.h"
#include "core/quotas.h"
#include "core/setup.h"
#include "core/tokens.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kLongestUsername = 150, kLongestName = 150;

// Holds afterwards what is wanted and nothing else; says what is wrong with it.
void SetAircraftRoles(Work& work, const Catalogue& catalogue, std::string_view id,
                      const std::vector<std::pair<std::string, std::string>>& wanted, Millis now,
                      std::vector<FieldError>& errors) {
    auto held = work.accounts.AircraftRoles(id);
    for (const auto& [registration, role] : wanted) {
        const auto aircraft = FindAircraft(work, registration);
        const auto* known = catalogue.FindAircraftRole(role);
        if (!aircraft)
            errors.push_back({"aircraft_access", "aircraft.unknown",
                              Say("There is no aircraft {}", registration.substr(0, 20))});
        if (!known)
            errors.push_back(
                {"aircraft_access", "aircraft_role.unknown",
                 Say("Aircraft role must be one of: {}", catalogue.AircraftRoleNames())});
        if (!aircraft || !known || !errors.empty()) continue;
        const bool has_it = std::ranges::any_of(held, [&](const AircraftGrant& grant) {
            return grant.aircraft_id == aircraft->id && grant.role == known->name;
        });
        if (!has_it) work.accounts.SetAircraftRole(id, aircraft->id, known->name, now);
        std::erase_if(
            held, [&](const AircraftGrant& grant) { return grant.aircraft_id == aircraft->id; });
    }
    if (!errors.empty()) return;
    for (const AircraftGrant& grant : held) work.accounts.RemoveAircraftRole(id, grant.aircraft_id);
}

Result<Account> ChangeAccount(World& world, const Actor& actor, std::string_view id, EventKind kind,
                              const AccountChange& change) {
    Account changed;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        changed = TRY(ChangeAccountWithin(work, world, actor, id, kind, change));
        return {};
    }));
    return changed;
}

// Those that were exchanged for the password, and not made for a program.
void RevokeTokensByPassword(Work& work, std::string_view account_id, Millis now) {
    for (const ApiToken& token : work.tokens.ListOf(account_id))
        if (token.label == kByPasswordLabel) work.tokens.Revoke(token.id, now);
}

// The draft's present fields; everything but the password, which is hashed outside.
void ApplyDraft(const AccountDraft& draft, const Catalogue& catalogue, Account& account,
                std::vector<FieldError>& errors) {
    if (draft.username) {
        account.username = Trim(*draft.username);
        CheckUsername(account.username, errors);
    }
    if (draft.email) {
        account.email = Trim(*draft.email);
        CheckEmail(account.email, errors);
    }
    if (draft.name) {
        account.name = Trim(*draft.name);
        CheckName(account.name, errors);
    }
    if (draft.role) {
        const auto* role = catalogue.FindRole(*draft.role);
        if (!role) {
            errors.push_back(
                {"role", "role.unknown", Say("Role must be one of: {}", catalogue.RoleNames())});
        } else if (role->name != account.role) {
            account.role = role->name;
            account.is_superuser = role->reach == Reach::kEverything;
        }
    }
    if (draft.task_group) {
        const auto* group = catalogue.FindTaskGroup(*draft.task_group);
        if (group)
            account.task_group = group->name;
        else
            errors.push_back({"task_group", "task_group.unknown",
                              Say("Task group must be one of: {}", catalogue.TaskGroupNames())});
    }
    if (draft.time_zone) {
        account.time_zone = Trim(*draft.time_zone);
        if (!account.time_zone.empty() && !IsTimeZone(account.time_zone))
            errors.push_back({"time_zone", "time_zone.unknown",
                              "This is no time zone; one looks like Europe/Berlin"});
    }
    if (draft.is_staff) account.is_staff = *draft.is_staff;
    if (draft.is_superuser) account.is_superuser = *draft.is_superuser;
    ApplyQuota(draft, account, errors);
}

void FoldKeys(Account& account) {
    account.username_key = Fold(account.username);
    account.email_key = Fold(account.email);
}

Error TakenField(const Error& conflict) {
    if (conflict.reason == "username.taken")
        return InvalidFields({{"username", "username.taken", "Username already exists"}});
    if (conflict.reason == "email.taken")
        return InvalidFields({{"email", "email.taken", "Email already exists"}});
    return conflict;
}

std::string_view TitleOf(const FieldError& wrong) {
    if (wrong.reason == "username.taken" || wrong.reason == "email.taken") return wrong.message;
    if (wrong.reason == "aircraft_role.unknown") return "Invalid aircraft role";
    if (wrong.field == "role") return "Invalid role";
    if (wrong.field == "task_group") return "Invalid task group";
    if (wrong.field == "max_uses") return "Invalid max uses";
    if (wrong.field == "expires_days" || wrong.field == "expires_at") return "Invalid expiration";
    if (wrong.field == "password" || wrong.field == "password_confirm") return "Invalid password";
    if (wrong.field == "username") return "Invalid username";
    if (wrong.field == "email") return "Invalid email";
    return "Invalid request";
}

Result<AccountWithAccess> SeenBy(const Actor& actor, const World& world, Work& work,
                                 std::optional<Account> account) {
    const std::string team = TeamSeenBy(actor, world.config.catalogue);
    if (!account || (!team.empty() && account->task_group != team)) return NoSuchAccount();
    auto access = work.accounts.AircraftRoles(account->id);
    return AccountWithAccess{*std::move(account), std::move(access)};
}

}  // namespace

Error InvalidFields(std::vector<FieldError> fields) {
    const FieldError& first = fields.front();
    Error error{ErrorKind::kInvalid, first.reason, std::string(TitleOf(first)), first.message};
    error.fields = std::move(fields);
    return error;
}

void CheckUsername(std::string_view username, std::vector<FieldError>& errors) {
    // Letters of any script, digits and . _ - +: whatever else is invisible, misleading or needs
    // quoting.
    const bool clean =
        IsCleanText(username, Lines::kOne) && std::ranges::none_of(username, [](char c) {
            return static_cast<unsigned char>(c) < 0x80 &&
                   !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     std::string_view("._-+").find(c) != std::string_view::npos);
        });
    if (username.empty())
        errors.push_back({"username", "username.required", "Username is required"});
    else if (!clean || !IsVisibleWord(username))
        errors.push_back(
            {"username", "username.invalid", "A username has letters, digits and . _ - + only"});
    else if (CountCharacters(username) > kLongestUsername)
        errors.push_back({"username", "username.long",
                          Say("A username has at most {} characters", kLongestUsername)});
}

void CheckEmail(std::string_view email, std::vector<FieldError>& errors) {
    if (email.empty())
        errors.push_back({"email", "email.required", "Email is required"});
    else if (!IsEmailAddress(email))
        errors.push_back({"email", "email.invalid", "This is not an email address"});
}

void CheckName(std::string_view name, std::vector<FieldError>& errors) {
    if (!IsCleanText(name, Lines::kOne))
        errors.push_back({"name", "name.invalid", "This name has characters that cannot be shown"});
    else if (CountCharacters(name) > kLongestName)
        errors.push_back(
            {"name", "name.long", Say("A name has at most {} characters", kLongestName)});
}

Result<Account> CreateAccount(Permit<kUsersWrite> permit, World& world, const AccountDraft& draft) {
    const Catalogue& catalogue = world.config.catalogue;
    Account account;
    account.role = catalogue.default_role;
    account.task_group = catalogue.default_task_group;
    std::vector<FieldError> errors;
    AccountDraft whole = draft;
    if (!whole.username) whole.username = "";
    if (!whole.email) whole.email = "";
    ApplyDraft(whole, catalogue, account, errors);
    const auto verdict =
        JudgePassword(draft.password.value_or(""), account.username, account.email, account.name);
    if (!verdict.reason.empty()) errors.push_back({"password", verdict.reason, verdict.message});
    if (!errors.empty()) return InvalidFields(std::move(errors));
    FoldKeys(account);
    account.password_hash = world.passwords.Hash(*draft.password);
    account.joined_at = world.clock.Now();
    account.id = NewUuid(world.random, account.joined_at);
    const auto stored = world.store.Transact([&](Work& work) -> Result<void> {
        TRY(work.accounts.Add(account));
        if (account.is_superuser) RetireFirstSuperuserLink(work, account.joined_at);
        work.events.Append(
            With(About(Happened(EventKind::kAccountCreated, permit.holder(), account.joined_at),
                       account),
                 ChangeDetails(Account{}, account)));
        return {};
    });
    if (!stored.ok()) return TakenField(stored.error());
    return account;
}

Result<Account> EditAccount(Permit<kUsersWrite> permit, World& world, std::string_view id,
                            const AccountDraft& draft,
                            std::optional<std::int64_t> expected_version) {
    auto edited = ChangeAccount(world, permit.holder(), id, EventKind::kAccountEdited,
                                [&](Work& work, Account& account, Millis now) -> Result<void> {
                                    TRY(CheckVersion(account, expected_version));
                                    std::vector<FieldError> errors;
                                    ApplyDraft(draft, world.config.catalogue, account, errors);
                                    if (draft.aircraft_roles)
                                        SetAircraftRoles(work, world.config.catalogue, account.id,
                                                         *draft.aircraft_roles, now, errors);
                                    if (!errors.empty()) return InvalidFields(std::move(errors));
                                    FoldKeys(account);
                                    return {};
                                });
    if (!edited.ok()) return TakenField(edited.error());
    return edited;
}

Result<Account> DeactivateAccount(Permit<kUsersWrite> permit, World& world, std::string_view id,
                                  std::optional<std::int64_t> expected_version) {
    return ChangeAccount(world, permit.holder(), id, EventKind::kAccountDeactivated,
                         [&](Work& work, Account& account, Millis now) -> Result<void> {
                             TRY(CheckVersion(account, expected_version));
                             DeactivateInPlace(work, account, now);
                             return {};
                         });
}

Result<Account> ReactivateAccount(Permit<kUsersWrite> permit, World& world, std::string_view id,
                                  std::optional<std::int64_t> expected_version) {
    return ChangeAccount(world, permit.holder(), id, EventKind::kAccountReactivated,
                         [&](Work&, Account& account, Millis now) -> Result<void> {
                             TRY(CheckVersion(account, expected_version));
                             account.deactivated_at.reset();
                             if (account.ends_at && now >= *account.ends_at)
                                 account.ends_at.reset();
                             return {};
                         });
}

Result<void> DeleteAccount(Permit<kUsersWrite> permit, World& world, std::string_view id) {
    return world.store.Transact([&](Work& work) -> Result<void> {
        const auto account = work.accounts.FindForUpdate(id);
        if (!account) return NoSuchAccount();
        if (!account->deactivated_at)
            return Error{ErrorKind::kConflict, "account.active", "Conflict",
                         "Deactivate this account first; then it can be deleted"};
        ForgetPulled(work, *account);  // while it is known whose it is
        work.accounts.Delete(id);
        work.scim.Erase(id);
        work.events.Append(
            With(About(Happened(EventKind::kAccountDeleted, permit.holder(), world.clock.Now()),
                       *account),
                 ChangeDetails(*account, Account{})));
        return {};
    });
}

Result<void> SetPassword(Permit<kUsersWrite> permit, World& world, std::string_view id,
                         std::string_view password) {
    std::optional<Account> account;
    world.store.Read([&](Work& work) { account = work.accounts.Find(id); });
    if (!account) return NoSuchAccount();
    const auto verdict = JudgePassword(password, account->username, account->email, account->name);
    if (!verdict.reason.empty())
        return InvalidFields({{"password", verdict.reason, verdict.message}});
    const std::string hash = world.passwords.Hash(password);
    TRY(ChangeAccount(world, permit.holder(), id, EventKind::kPasswordChanged,
                      [&](Work& work, Account& changed, Millis now) -> Result<void> {
                          changed.password_hash = hash;
                          work.sessions.EndAllOf(changed.id, "", now);
                          RevokeAllTokens(work, changed.id, now);
                          return {};
                      }));
    return {};
}

Result<void> SetAircraftRole(Permit<kUsersWrite> permit, World& world, std::string_view id,
                             std::string_view registration, std::string_view role) {
    const Catalogue& catalogue = world.config.catalogue;
    TRY(ChangeAccount(
        world, permit.holder(), id, EventKind::kAccountEdited,
        [&](Work& work, Account& account, Millis now) -> Result<void> {
            const auto aircraft = FindAircraft(work, registration);
            if (!aircraft)
                return InvalidFields(
                    {{"aircraft", "aircraft.unknown", "There is no such aircraft"}});
            const auto* known = catalogue.FindAircraftRole(role);
            if (!role.empty() && !known)
                return InvalidFields(
                    {{"role", "aircraft_role.unknown",
                      Say("Aircraft role must be one of: {}", catalogue.AircraftRoleNames())}});
            if (known)
                work.accounts.SetAircraftRole(account.id, aircraft->id, known->name, now);
            else
                work.accounts.RemoveAircraftRole(account.id, aircraft->id);
            return {};
        }));
    return {};
}

Result<Footprint> FootprintOf(Permit<kUsersWrite>, World& world, std::string_view id) {
    Footprint footprint;
    world.store.Read([&](Work& work) {
        footprint.sessions = work.sessions.ListOf(id, world.clock.Now()).size();
        footprint.tokens = static_cast<std::size_t>(std::ranges::count_if(
            work.tokens.ListOf(id), [](const ApiToken& token) { return !token.revoked_at; }));
    });
    return footprint;
}

Result<AccountWithAccess> GetAccount(Permit<kUsersRead> permit, World& world, std::string_view id) {
    Result<AccountWithAccess> found = NoSuchAccount();
    world.store.Read(
        [&](Work& work) { found = SeenBy(permit.holder(), world, work, work.accounts.Find(id)); });
    return found;
}

Result<AccountWithAccess> GetChangedAccount(Permit<kUsersWrite>, World& world,
                                            std::string_view id) {
    std::optional<AccountWithAccess> found;
    world.store.Read([&](Work& work) {
        if (auto account = work.accounts.Find(id))
            found = AccountWithAccess{*std::move(account), work.accounts.AircraftRoles(id)};
    });
    if (!found) return NoSuchAccount();
    return *std::move(found);
}

Result<AccountWithAccess> GetAccountByUsername(Permit<kUsersRead> permit, World& world,
                                               std::string_view username) {
    if (!IsCleanText(username, Lines::kOne)) return NoSuchAccount();
    Result<AccountWithAccess> found = NoSuchAccount();
    const std::string key = Fold(username);
    world.store.Read([&](Work& work) {
        found = SeenBy(permit.holder(), world, work, work.accounts.FindByUsername(key));
    });
    return found;
}

Result<AccountPage> ListAccounts(Permit<kUsersRead> permit, World& world, AccountQuery query) {
    const std::string team = TeamSeenBy(permit.holder(), world.config.catalogue);
    if (!team.empty() && !query.task_group.empty() && query.task_group != team)
        return AccountPage{};
    if (!team.empty()) query.task_group = team;
    AccountPage page;
    world.store.Read([&](Work& work) { page = work.accounts.List(query, world.clock.Now()); });
    if (page.cursor_was_strange && query.strange_cursor == StrangeCursor::kRefuse)
        return InvalidFields({{"cursor", "cursor.invalid",
                               "Cursor must be one that an earlier page of this list gave"}});
    return page;
}

Result<AccountWithAccess> Me(Permit<kOwnAccount> permit, World& world) {
    Result<AccountWithAccess> me = NoSuchAccount();
    world.store.Read([&](Work& work) {
        auto account = work.accounts.Find(permit.holder().account_id);
        if (!account) return;
        auto access = work.accounts.AircraftRoles(account->id);
        me = AccountWithAccess{*std::move(account), std::move(access)};
    });
    return me;
}

Result<Account> EditProfile(Permit<kOwnAccount> permit, World& world, std::string_view name,
                            std::string_view time_zone) {
    AccountDraft draft;
    draft.name = name;
    draft.time_zone = time_zone;
    return ChangeAccount(world, permit.holder(), permit.holder().account_id,
                         EventKind::kAccountEdited,
                         [&](Work&, Account& account, Millis) -> Result<void> {
                             std::vector<FieldError> errors;
                             ApplyDraft(draft, world.config.catalogue, account, errors);
                             if (!errors.empty()) return InvalidFields(std::move(errors));
                             return {};
                         });
}

Result<void> ChangePassword(Permit<kOwnAccount> permit, World& world, std::string_view current,
                            std::string_view fresh, std::string_view fresh_again) {
    const Actor& actor = permit.holder();
    const AccountWithAccess me = TRY(Me(permit, world));
    std::vector<FieldError> errors;
    if (!world.passwords.Verify(me.account.password_hash, current))
        errors.push_back(
            {"current_password", "password.wrong", "This is not your current password"});
    const auto verdict =
        JudgePassword(fresh, me.account.username, me.account.email, me.account.name);
    if (!verdict.reason.empty()) errors.push_back({"password", verdict.reason, verdict.message});
    if (fresh != fresh_again)
        errors.push_back({"password_confirm", "password.differs", "The two passwords differ"});
    if (!errors.empty()) return InvalidFields(std::move(errors));
    const std::string hash = world.passwords.Hash(fresh);
    TRY(ChangeAccount(world, actor, actor.account_id, EventKind::kPasswordChanged,
                      [&](Work& work, Account& account, Millis now) -> Result<void> {
                          account.password_hash = hash;
                          work.sessions.EndAllOf(account.id, actor.session_id, now);
                          RevokeTokensByPassword(work, account.id, now);
                          return {};
                      }));
    return {};
}

std::string AccessSummary(const std::vector<AircraftGrant>& grants) {
    if (grants.empty()) return "—";
    std::string summary;
    for (const AircraftGrant& grant : grants)
        summary += (summary.empty() ? "" : ", ") + grant.registration + " (" + grant.role + ")";
    return summary;
}

}  // namespace ostiary
