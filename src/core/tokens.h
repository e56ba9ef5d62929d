#pragma once

// API tokens: shown once, stored hashed, with scopes, expiry and last use (API-4).
// "ost_" + 43 letters of chance + 6 letters of checksum, so that leaked ones can be found by
// scanners.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

struct FreshToken {
    ApiToken row;
    std::string token;  // told once
};

// The label of tokens exchanged for a password.
inline constexpr std::string_view kByPasswordLabel = "by password";

// Every scope a token can carry, in order.
std::vector<std::string_view> AllScopes();

// Whoever comes with a token makes none that can do more, or that lasts longer.
Result<FreshToken> CreateOwnToken(Permit<Permission::kOwnAccount>, World&, std::string_view label,
                                  const std::vector<std::string>& scopes, std::string_view days);
Result<FreshToken> CreateTokenFor(Permit<Permission::kTokensWrite>, World&,
                                  std::string_view username, std::string_view label,
                                  const std::vector<std::string>& scopes, std::string_view days);
// Username and password for a token of a day with all scopes: POST /api/auth/token/.
Result<FreshToken> ExchangePassword(World&, const Origin&, std::string_view login,
                                    std::string_view password);
Result<std::vector<ApiToken>> OwnTokens(Permit<Permission::kOwnAccount>, World&);
Result<void> RevokeOwnToken(Permit<Permission::kOwnAccount>, World&, std::string_view id);

// Everybody's, newest first.
struct HeldToken {
    ApiToken token;
    std::string username;
};
// What may be wrong with a token that lives: it has no end, or nobody has used it for long
// (MAINT-1).
enum class TokenConcern : std::uint8_t { kNone, kEndless, kUnused };
inline constexpr Millis kLongUnused = 90 * kDay;

// With a concern: only those.
Result<std::vector<HeldToken>> ListTokens(Permit<Permission::kTokensWrite>, World&,
                                          std::string_view before, std::size_t most,
                                          TokenConcern = TokenConcern::kNone);
struct TokenConcerns {
    std::int64_t endless = 0, unused = 0;
};
Result<TokenConcerns> CountTokenConcerns(Permit<Permission::kTokensWrite>, World&);
Result<void> RevokeToken(Permit<Permission::kTokensWrite>, World&, std::string_view id);

// Who asks with this token now, and within which scopes. kSignedOut if it is not, or no longer,
// one.
Result<Actor> ActorOfToken(World&, std::string_view token, const Origin&);

}  // namespace ostiary
