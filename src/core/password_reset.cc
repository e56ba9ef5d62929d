#include "core/password_reset.h"

#include "core/account_changes.h"
#include "core/accounts.h"
#include "core/happenings.h"
#include "core/mails.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kTokenBytes = 32, kLongestToken = 100, kLongestPassword = 1024,
                      kLongestLogin = 254;

struct Living {
    PasswordReset reset;
    Account account;
};

std::optional<Living> FindLiving(Work& work, std::string_view token_hash, Millis now) {
    auto reset = work.resets.FindByHash(token_hash);
    if (!reset || reset->expires_at <= now) return std::nullopt;
    auto account = work.accounts.FindForUpdate(reset->account_id);
    if (!account || !account->IsActiveAt(now)) return std::nullopt;
    return Living{*std::move(reset), *std::move(account)};
}

std::string HashOf(const World& world, std::string_view token) {
    return world.vault.Hash(Purpose::kPasswordReset, token.substr(0, kLongestToken));
}

void RememberRefusal(World& world, const Origin& origin) {
    world.store.Write([&](Work& work) {
        work.events.Append(HappenedTo(EventKind::kResetRefused, origin, world.clock.Now()));
    });
}

std::vector<FieldError> JudgeFresh(const Account& account, std::string_view fresh,
                                   std::string_view fresh_again) {
    std::vector<FieldError> errors;
    const auto verdict = fresh.size() > kLongestPassword
                             ? PasswordVerdict{"password.long", "A password has at most 1024 bytes"}
                             : JudgePassword(fresh, account.username, account.email, account.name);
    if (!verdict.reason.empty()) errors.push_back({"password", verdict.reason, verdict.message});
    if (fresh != fresh_again)
        errors.push_back({"password_confirm", "password.differs", "The two passwords differ"});
    return errors;
}

}  // namespace

Error InvalidResetLink() {
    return {ErrorKind::kNotFound, "reset.invalid", "This link does not work any more",
            "It was used, replaced by a newer one, or has expired. Ask for another link"};
}

std::string ResetUrl(const Config& config, std::string_view token) {
    return config.BaseUrl() + "/password-reset/" + std::string(token) + "/";
}

std::string PutResetLink(Work& work, World& world, const Account& account,
                         std::string_view made_by) {
    std::string token = RandomToken(world.random, kTokenBytes);
    const Millis now = world.clock.Now();
    work.resets.Put({account.id, HashOf(world, token), now, now + world.config.reset_hours * kHour,
                     std::string(made_by)});
    return token;
}

std::optional<PasswordReset> FindResetLink(Work& work, const World& world, std::string_view token) {
    return work.resets.FindByHash(HashOf(world, token));
}

std::optional<Account> FindByLogin(Work& work, std::string_view login) {
    const std::string key = IsCleanText(login, Lines::kOne) ? Fold(Trim(login)) : std::string();
    // Both are always asked for, so that each takes as long.
    auto account = work.accounts.FindByUsername(key);
    auto by_email = work.accounts.FindByEmail(key);
    return account ? account : by_email;
}

Result<FreshResetLink> MakeResetLink(Permit<kUsersWrite> permit, World& world,
                                     std::string_view account_id) {
    FreshResetLink fresh;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto account = work.accounts.FindForUpdate(account_id);
        if (!account) return NoSuchAccount();
        if (!account->IsActiveAt(now))
            return Error{ErrorKind::kConflict, "account.inactive", "Conflict",
                         "This account cannot log in; activate it first"};
        fresh.account = *account;
        fresh.expires_at = now + world.config.reset_hours * kHour;
        fresh.token = PutResetLink(work, world, *account, permit.holder().username);
        fresh.url = ResetUrl(world.config, fresh.token);
        fresh.is_mailed = MailResetLink(work, world, permit.holder(), *account, fresh.token);
        work.events.Append(
            With(About(Happened(EventKind::kResetLinkMade, permit.holder(), now), *account),
                 PairDetails({{"expires_at", FormatRfc3339(fresh.expires_at)}})));
        return {};
    }));
    return fresh;
}

Result<Account> WithdrawResetLink(Permit<kUsersWrite> permit, World& world,
                                  std::string_view account_id) {
    Account whose;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const auto account = work.accounts.FindForUpdate(account_id);
        if (!account) return NoSuchAccount();
        whose = *account;
        if (!work.resets.End(account_id)) return {};
        work.events.Append(About(
            Happened(EventKind::kResetLinkWithdrawn, permit.holder(), world.clock.Now()), whose));
        return {};
    }));
    return whose;
}

Result<std::optional<PasswordReset>> LivingResetLink(Permit<kUsersRead>, World& world,
                                                     std::string_view account_id) {
    std::optional<PasswordReset> reset;
    world.store.Read([&](Work& work) { reset = work.resets.FindOf(account_id); });
    if (reset && reset->expires_at <= world.clock.Now()) reset.reset();
    return reset;
}

void AskForReset(World& world, const Origin& origin, std::string_view login,
                 std::string_view language) {
    // The same work whether anybody is found: one look, one event, one mail to whoever it is.
    world.store.Write([&](Work& work) {
        const auto account = FindByLogin(work, login);
        Event event = HappenedTo(EventKind::kResetAsked, origin, world.clock.Now());
        if (account)
            event = About(event, *account);
        else
            event = With(event, RefusalDetails("unknown name"));
        work.events.Append(event);
        const bool is_text = login.size() <= kLongestLogin && IsCleanText(login, Lines::kOne);
        if (is_text) MailWhoeverForgot(work, world, login, language);
    });
}

Result<Account> OpenResetLink(World& world, std::string_view token) {
    std::optional<Account> whose;
    const std::string hash = HashOf(world, token);
    world.store.Read([&](Work& work) {
        const Millis now = world.clock.Now();
        const auto reset = work.resets.FindByHash(hash);
        if (reset && now < reset->expires_at) whose = work.accounts.Find(reset->account_id);
        if (whose && !whose->IsActiveAt(now)) whose.reset();
    });
    if (!whose) return InvalidResetLink();
    return *std::move(whose);
}

Result<Account> ResetPassword(World& world, const Origin& origin, std::string_view token,
                              std::string_view fresh, std::string_view fresh_again) {
    const auto opened = OpenResetLink(world, token);
    if (!opened.ok()) {
        RememberRefusal(world, origin);
        return opened.error();
    }
    auto errors = JudgeFresh(opened.value(), fresh, fresh_again);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    const std::string token_hash = HashOf(world, token);
    const std::string password_hash = world.passwords.Hash(fresh);
    Account changed;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        auto living = FindLiving(work, token_hash, now);
        // Of two who come with the same link, one ends it and the other finds it ended.
        if (!living || !work.resets.End(living->account.id)) return InvalidResetLink();
        changed = std::move(living->account);
        changed.password_hash = password_hash;
        ++changed.version;
        TRY(work.accounts.Save(changed));
        work.sessions.EndAllOf(changed.id, "", now);
        RevokeAllTokens(work, changed.id, now);
        Event event = About(HappenedTo(EventKind::kPasswordChanged, origin, now), changed);
        event.actor_id = changed.id;
        event.actor_name = changed.username;
        work.events.Append(With(
            std::move(event), PairDetails({{"by", "reset link of " + living->reset.created_by}})));
        return {};
    }));
    return changed;
}

}  // namespace ostiary
