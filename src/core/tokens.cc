#include "core/tokens.h"

#include <boost/crc.hpp>

#include <algorithm>
#include <map>

#include "core/accounts.h"
#include "core/happenings.h"
#include "core/sessions.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::string_view kPrefix = "ost_";
constexpr std::size_t kChanceBytes = 32, kChanceLetters = 43, kChecksumLetters = 6;
constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t kLongestLabel = 100;
constexpr int kLongestDays = 3650;
constexpr Millis kTouchAfter = kMinute;

// CRC-32 of everything before it, in base 62: tells a token from a look-alike without asking us.
std::string Checksum(std::string_view text) {
    boost::crc_32_type crc;
    crc.process_bytes(text.data(), text.size());
    std::string letters(kChecksumLetters, '0');
    std::uint32_t rest = crc.checksum();
    for (std::size_t i = letters.size(); i-- > 0; rest /= 62) letters[i] = kBase62[rest % 62];
    return letters;
}

bool LooksLikeToken(std::string_view token) {
    constexpr std::size_t kBody = kPrefix.size() + kChanceLetters;
    return token.size() == kBody + kChecksumLetters && token.starts_with(kPrefix) &&
           Checksum(token.substr(0, kBody)) == token.substr(kBody);
}

Error BadToken() {
    return {ErrorKind::kSignedOut, "token.refused", "Authentication required",
            "This token is unknown, expired or revoked"};
}

FreshToken MakeToken(World& world, const Account& account, std::string_view label,
                     std::vector<std::string> scopes, std::optional<Millis> lifetime) {
    FreshToken fresh;
    fresh.token = std::string(kPrefix) + RandomToken(world.random, kChanceBytes);
    fresh.token += Checksum(fresh.token);
    fresh.row.created_at = world.clock.Now();
    fresh.row.id = NewUuid(world.random, fresh.row.created_at);
    fresh.row.hash = world.vault.Hash(Purpose::kApiToken, fresh.token);
    fresh.row.account_id = account.id;
    fresh.row.label = label;
    fresh.row.scopes = std::move(scopes);
    if (lifetime) fresh.row.expires_at = fresh.row.created_at + *lifetime;
    return fresh;
}

Event AboutToken(Event event, const Account& account, const ApiToken& token) {
    event = About(std::move(event), account);
    return With(std::move(event), PairDetails({{"token", token.id},
                                               {"label", token.label},
                                               {"scopes", Join(token.scopes, " ")}}));
}

Result<FreshToken> Create(World& world, const Actor& actor, const Account& account,
                          std::string_view typed_label, const std::vector<std::string>& scopes,
                          std::string_view days) {
    std::vector<FieldError> errors;
    const std::string label(Trim(typed_label));
    if (!IsCleanText(label, Lines::kOne) || CountCharacters(label) > kLongestLabel)
        errors.push_back(
            {"label", "label.invalid", "A label has at most 100 characters, on one line"});
    const auto known = AllScopes();
    for (const std::string& scope : scopes)
        if (std::ranges::find(known, scope) == known.end())
            errors.push_back({"scopes", "scope.unknown",
                              Say("Scopes are: {}", Join({known.begin(), known.end()}, ", "))});
    if (scopes.empty())
        errors.push_back({"scopes", "scope.required", "A token needs at least one scope"});
    // What was given to a program must not grow in its hands.
    if (errors.empty() && actor.scopes)
        for (const std::string& scope : scopes)
            if (std::ranges::find(*actor.scopes, scope) == actor.scopes->end())
                errors.push_back({"scopes", "scope.beyond",
                                  Say("The token you come with has these scopes: {}",
                                      Join(*actor.scopes, ", "))});
    const auto number = ParseInt(Trim(days));
    if (!Trim(days).empty() && (!number || *number < 1 || *number > kLongestDays))
        errors.push_back({"days", "days.invalid",
                          "Days must be a whole number from 1 to 3650, or blank for no end"});
    if (!errors.empty()) return InvalidFields(std::move(errors));
    FreshToken fresh = MakeToken(world, account, label, scopes,
                                 number ? std::optional(*number * kDay) : std::nullopt);
    std::optional<Millis>& end = fresh.row.expires_at;
    if (actor.token_ends_at)
        end = std::min(end.value_or(*actor.token_ends_at), *actor.token_ends_at);
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        work.tokens.Add(fresh.row);
        work.events.Append(AboutToken(
            Happened(EventKind::kTokenCreated, actor, fresh.row.created_at), account, fresh.row));
        return {};
    }));
    return fresh;
}

}  // namespace

std::vector<std::string_view> AllScopes() {
    std::vector<std::string_view> scopes;
    for (const Grant& grant : kGrants)
        if (!grant.scope.empty() && std::ranges::find(scopes, grant.scope) == scopes.end())
            scopes.push_back(grant.scope);
    return scopes;
}

Result<FreshToken> CreateOwnToken(Permit<kOwnAccount> permit, World& world, std::string_view label,
                                  const std::vector<std::string>& scopes, std::string_view days) {
    const AccountWithAccess me = TRY(Me(permit, world));
    return Create(world, permit.holder(), me.account, label, scopes, days);
}

Result<FreshToken> CreateTokenFor(Permit<kTokensWrite> permit, World& world,
                                  std::string_view username, std::string_view label,
                                  const std::vector<std::string>& scopes, std::string_view days) {
    std::optional<Account> account;
    const std::string key = IsCleanText(username, Lines::kOne) ? Fold(username) : std::string();
    world.store.Read([&](Work& work) { account = work.accounts.FindByUsername(key); });
    if (!account)
        return Error{ErrorKind::kNotFound, "account.unknown", "Not found",
                     "There is no such account"};
    return Create(world, permit.holder(), *account, label, scopes, days);
}

Result<FreshToken> ExchangePassword(World& world, const Origin& origin, std::string_view login,
                                    std::string_view password) {
    const Account account = TRY(CheckPassword(world, origin, login, password));
    const auto all = AllScopes();
    FreshToken fresh = MakeToken(world, account, kByPasswordLabel, {all.begin(), all.end()}, kDay);
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        work.tokens.Add(fresh.row);
        work.accounts.RecordLogin(account.id, now);
        work.events.Append(
            AboutToken(Happened(EventKind::kTokenCreated,
                                MakeActor(world.config.catalogue, account, origin), now),
                       account, fresh.row));
        return {};
    }));
    return fresh;
}

Result<std::vector<ApiToken>> OwnTokens(Permit<kOwnAccount> permit, World& world) {
    std::vector<ApiToken> tokens;
    world.store.Read([&](Work& work) { tokens = work.tokens.ListOf(permit.holder().account_id); });
    return tokens;
}

Result<void> RevokeOwnToken(Permit<kOwnAccount> permit, World& world, std::string_view id) {
    const Actor& actor = permit.holder();
    return world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto token = work.tokens.Find(id);
        if (!token || token->account_id != actor.account_id)
            return Error{ErrorKind::kNotFound, "token.unknown", "Not found",
                         "There is no such token"};
        if (!work.tokens.Revoke(id, now)) return {};
        Event event = Happened(EventKind::kTokenRevoked, actor, now);
        event.subject_id = actor.account_id;
        event.subject_name = actor.username;
        work.events.Append(
            With(std::move(event), PairDetails({{"token", token->id}, {"label", token->label}})));
        return {};
    });
}

namespace {

bool IsOf(const ApiToken& token, TokenConcern concern, Millis now) {
    if (concern == TokenConcern::kNone) return true;
    if (token.revoked_at || (token.expires_at && *token.expires_at <= now)) return false;
    if (concern == TokenConcern::kEndless) return !token.expires_at;
    return token.last_used_at.value_or(token.created_at) <= now - kLongUnused;
}

// Newest first, beginning before this id, until `each` has seen enough and returns false.
void ForEachToken(Work& work, std::string_view before, const std::function<bool(ApiToken&)>& each) {
    constexpr std::size_t kReadTogether = 200;
    std::string at(before);
    for (std::size_t read = kReadTogether; read == kReadTogether;) {
        auto tokens = work.tokens.List(at, kReadTogether);
        read = tokens.size();
        if (read > 0) at = tokens.back().id;
        for (ApiToken& token : tokens)
            if (!each(token)) return;
    }
}

}  // namespace

Result<std::vector<HeldToken>> ListTokens(Permit<kTokensWrite>, World& world,
                                          std::string_view before, std::size_t most,
                                          TokenConcern concern) {
    const Millis now = world.clock.Now();
    std::vector<HeldToken> held;
    world.store.Read([&](Work& work) {
        std::map<std::string, std::string> names;
        ForEachToken(work, before, [&](ApiToken& token) {
            if (held.size() == most) return false;
            if (!IsOf(token, concern, now)) return true;
            auto [at, is_new] = names.try_emplace(token.account_id);
            if (is_new)
                if (const auto account = work.accounts.Find(token.account_id))
                    at->second = account->username;
            held.push_back({std::move(token), at->second});
            return true;
        });
    });
    return held;
}

Result<TokenConcerns> CountTokenConcerns(Permit<kTokensWrite>, World& world) {
    const Millis now = world.clock.Now();
    TokenConcerns concerns;
    world.store.Read([&](Work& work) {
        ForEachToken(work, "", [&](const ApiToken& token) {
            concerns.endless += IsOf(token, TokenConcern::kEndless, now) ? 1 : 0;
            concerns.unused += IsOf(token, TokenConcern::kUnused, now) ? 1 : 0;
            return true;
        });
    });
    return concerns;
}

Result<void> RevokeToken(Permit<kTokensWrite> permit, World& world, std::string_view id) {
    return world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto token = work.tokens.Find(id);
        const auto account = token ? work.accounts.Find(token->account_id) : std::nullopt;
        if (!account)
            return Error{ErrorKind::kNotFound, "token.unknown", "Not found",
                         "There is no such token"};
        if (!work.tokens.Revoke(id, now)) return {};
        work.events.Append(
            AboutToken(Happened(EventKind::kTokenRevoked, permit.holder(), now), *account, *token));
        return {};
    });
}

Result<Actor> ActorOfToken(World& world, std::string_view presented, const Origin& origin) {
    if (!LooksLikeToken(presented)) return BadToken();
    const std::string hash = world.vault.Hash(Purpose::kApiToken, presented);
    const Millis now = world.clock.Now();
    std::optional<ApiToken> token;
    std::optional<Account> account;
    world.store.Read([&](Work& work) {
        token = work.tokens.FindByHash(hash);
        if (token) account = work.accounts.Find(token->account_id);
    });
    if (!token || token->revoked_at || (token->expires_at && now >= *token->expires_at))
        return BadToken();
    if (!account || !account->IsActiveAt(now)) return BadToken();
    if (!token->last_used_at || now - *token->last_used_at >= kTouchAfter) {
        TRY(world.store.Transact([&](Work& work) -> Result<void> {
            work.tokens.RecordUse(token->id, now);
            work.accounts.RecordSeen(token->account_id, now);
            return {};
        }));
    }
    Actor actor = MakeActor(world.config.catalogue, *account, origin);
    actor.scopes = token->scopes;
    actor.token_id = token->id;
    actor.token_ends_at = token->expires_at;
    return actor;
}

}  // namespace ostiary
