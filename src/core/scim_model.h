#pragma once

// Somebody as a directory knows them (HR-1): plain values, as the store keeps them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "util/clock.h"
#include "util/result.h"

namespace ostiary {

struct ScimUser {
    std::string id;  // UUIDv7; of whoever had an account before, the account's
    std::string user_name, user_name_key;  // key: folded, unique among those that are not deleted
    std::string external_id;               // the directory's own; empty: none
    std::string display_name;              // while they are invited
    CodeId code_id = 0;                    // that they were invited with; 0: none
    std::string account_id;                // empty: not joined yet
    std::string profile;                   // a JSON object: what is kept nowhere else
    Millis created_at = 0, updated_at = 0;
    std::optional<Millis> deleted_at;
    std::int64_t version = 0;  // 0: no directory has said anything of this account
};

// With what the resource tells of them. Of the code everything but its secrets and words.
struct ScimPerson {
    ScimUser row;
    std::optional<Account> account;  // once they have joined
    std::optional<Code> code;        // until then, unless it is gone
    std::vector<AircraftGrant> aircraft_roles;

    bool IsActiveAt(Millis now) const {
        if (account) return account->IsActiveAt(now);
        return code && !code->deactivated_at && !code->deleted_at;
    }
};

// Whom a directory looks for by what it knows of them: found by index.
struct ScimLookup {
    enum class By : std::uint8_t { kId, kUserName, kExternalId, kEmail, kDisplayName };
    By by = By::kId;
    std::string value;
};

// People as a directory knows them (HR-1): whom it had invited, and every account besides.
class ScimUsers {
public:
    virtual ~ScimUsers() = default;
    virtual Result<void> Add(const ScimUser&) = 0;  // Conflict("scim.uniqueness")
    // Conflict as in Add. The caller holds the row. Raises the version by one.
    virtual Result<void> Save(const ScimUser&) = 0;
    virtual void Hold(std::string_view id) = 0;  // the row, until the transaction ends
    virtual std::vector<ScimPerson> Find(const ScimLookup&) = 0;
    // In order of id and beyond `after`; so many of them left out first.
    virtual std::vector<ScimPerson> List(std::string_view after, std::size_t skip,
                                         std::size_t most) = 0;
    virtual std::int64_t Count() = 0;
    virtual void Join(CodeId, std::string_view account_id, Millis now) = 0;  // if it is theirs
    virtual void Forget(std::string_view id, Millis now) = 0;  // nothing but the id stays
    // Forgets whoever holds this name and whose account was deleted.
    virtual void FreeName(std::string_view user_name_key, Millis now) = 0;
    // The deactivated account with this address whose directory has let it go; empty: none.
    virtual std::string FindLeft(std::string_view email_key) = 0;
    virtual void Erase(std::string_view account_id) = 0;
};

}  // namespace ostiary
