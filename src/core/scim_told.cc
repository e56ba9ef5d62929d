// How a person is told to a directory: of the account once there is one, of the code before.

#include "core/codes.h"
#include "core/scim.h"

namespace ostiary {

std::string ScimUserNameOf(const ScimPerson& person) {
    if (!person.row.user_name.empty()) return person.row.user_name;
    return ScimEmailOf(person);
}

std::string ScimEmailOf(const ScimPerson& person) {
    if (person.account) return person.account->email;
    return person.code ? person.code->email : std::string();
}

std::string ScimDisplayNameOf(const ScimPerson& person) {
    if (!person.account) return person.row.display_name;
    return person.account->name.empty() ? person.account->username : person.account->name;
}

std::string ScimRoleOf(const ScimPerson& person) {
    if (person.account) return person.account->role;
    return person.code ? person.code->role : std::string();
}

std::string ScimTaskGroupOf(const ScimPerson& person) {
    if (person.account) return person.account->task_group;
    return person.code ? person.code->task_group : std::string();
}

std::string_view ScimStateOf(const ScimPerson& person, Millis now) {
    if (person.account) return person.account->IsActiveAt(now) ? "joined" : "deactivated";
    if (!person.code || person.code->deleted_at) return "withdrawn";
    switch (StatusAt(*person.code, now)) {
        case CodeStatus::kPending: return "waiting";
        case CodeStatus::kInactive: return "withdrawn";
        case CodeStatus::kExpired: return "expired";
        case CodeStatus::kExhausted: return "used";
        case CodeStatus::kScheduled: return "scheduled";
        case CodeStatus::kWarning:
        case CodeStatus::kActive: break;
    }
    return "invited";
}

}  // namespace ostiary
