#include "core/scim.h"

#include <algorithm>
#include <boost/json.hpp>

#include "core/account_changes.h"
#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_changes.h"
#include "core/happenings.h"
#include "core/mails.h"
#include "core/password_reset.h"
#include "core/receipts.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;
using By = ScimLookup::By;

Error NoSuchPerson() {
    return {ErrorKind::kNotFound, "scim.unknown", "Not found", "There is nobody with this id"};
}

Error NotUnique(Sentence details) {
    return {ErrorKind::kConflict, "scim.uniqueness", "Conflict", std::move(details)};
}

Error BadValue(std::string field, Sentence message) {
    return InvalidFields({{std::move(field), "scim.invalidValue", std::move(message)}});
}

// The scope of a directory's token stands for all that follows from what it says; what its holder
// may is asked as ever.
Actor WholeActor(const Actor& holder) {
    Actor whole = holder;
    whole.scopes.reset();
    return whole;
}

std::optional<ScimPerson> FindOne(Work& work, By by, std::string_view value) {
    auto people = work.scim.Find({by, std::string(value)});
    return people.empty() ? std::nullopt : std::optional(std::move(people.front()));
}

// The names of what is not the same in both, and no value: the log keeps those longer than a
// directory might want.
std::string ChangedAttributes(const std::string& before, const std::string& after) {
    if (before == after) return {};
    const auto read = [](const std::string& text) {
        boost::json::error_code code;
        const boost::json::value value = boost::json::parse(text, code);
        return !code && value.is_object() ? value.get_object() : boost::json::object();
    };
    const boost::json::object old = read(before), fresh = read(after);
    std::vector<std::string> names;
    for (const auto& [name, value] : old) {
        const boost::json::value* now = fresh.if_contains(name);
        if (!now || *now != value) names.emplace_back(name);
    }
    for (const auto& [name, value] : fresh)
        if (!old.contains(name)) names.emplace_back(name);
    return Join(names, ", ");
}

bool HoldsRoles(const ScimPerson& person,
                const std::vector<std::pair<std::string, std::string>>& wanted) {
    if (wanted.size() != person.aircraft_roles.size()) return false;
    for (const auto& [registration, role] : wanted) {
        const auto same = [&](const AircraftGrant& grant) {
            return grant.registration == registration && grant.role == role;
        };
        if (std::ranges::none_of(person.aircraft_roles, same)) return false;
    }
    return true;
}

// One wish about one person, within one transaction.
class Fulfilment {
public:
    Fulfilment(Work& work, World& world, const Actor& actor)
        : work_(work),
          world_(world),
          actor_(actor),
          joined_(world, work),
          inner_(world.With(joined_)) {}

    Result<std::string> Create(const ScimWish& wish) {
        TRY(CheckReach(wish.role, ""));
        const std::string user_name(Trim(wish.user_name.value_or("")));
        const std::string email(Trim(wish.email.value_or("")));
        TRY(CheckWords(wish));
        TRY(CheckFree("", user_name, email));
        ScimPerson person;
        person.row.id = NewUuid(world_.random, Now());
        person.row.account_id = work_.scim.FindLeft(Fold(email));
        person.row.created_at = person.row.updated_at = Now();
        Write(wish, person.row);
        const bool is_back = !person.row.account_id.empty();
        if (!is_back) {
            TRY(Invite(wish, person.row));
            if (!wish.active.value_or(true)) TRY(Withdraw(person.row.code_id));
        }
        TRY(work_.scim.Add(person.row));
        if (is_back) {
            ScimWish back = wish;  // with what they are given now, not with what they once had
            back.active = wish.active.value_or(true);
            if (!back.role) back.role = world_.config.catalogue.default_role;
            if (!back.task_group) back.task_group = world_.config.catalogue.default_task_group;
            if (!back.aircraft_roles) back.aircraft_roles.emplace();
            TRY(Disarm(person.row.account_id));
            TRY(Change(*FindOne(work_, By::kId, person.row.id), back));
            if (*back.active)
                TRY(MakeResetLink(TRY(actor_.Ask<kUsersWrite>()), inner_, person.row.account_id));
        }
        return person.row.id;
    }

    Result<void> Change(const ScimPerson& person, const ScimWish& wish) {
        TRY(CheckWords(wish));
        TRY(CheckReach(wish.role, ScimRoleOf(person)));
        const std::string user_name(Trim(wish.user_name.value_or(ScimUserNameOf(person))));
        const std::string email(Trim(wish.email.value_or(ScimEmailOf(person))));
        const bool other_name = Fold(user_name) != Fold(ScimUserNameOf(person));
        const bool other_email = Fold(email) != Fold(ScimEmailOf(person));
        TRY(CheckFree(person.row.id, other_name ? user_name : "", other_email ? email : ""));
        ScimUser row = person.row;
        ScimUser before = row;
        if (row.version == 0) before.user_name = row.user_name = ScimUserNameOf(person);
        Write(wish, row);
        TRY(person.account ? ChangeAccount(person, wish) : ChangeInvitation(person, wish, row));
        return Keep(person, before, row);
    }

    Result<void> Delete(const ScimPerson& person) {
        if (person.account) TRY(CheckOrdinary(*work_.accounts.Find(person.account->id)));
        if (person.account && !person.account->deactivated_at)
            TRY(DeactivateAccount(TRY(actor_.Ask<kUsersWrite>()), inner_, person.account->id));
        if (!person.account && person.IsActiveAt(Now())) TRY(Withdraw(person.row.code_id));
        ScimUser row = person.row;
        row.user_name = ScimUserNameOf(person);
        row.user_name_key = Fold(row.user_name);
        if (row.version == 0) {
            work_.scim.Erase(row.account_id);
            TRY(work_.scim.Add(row));
        }
        work_.scim.Forget(row.id, Now());
        return {};
    }

private:
    Millis Now() const { return world_.clock.Now(); }

    // A directory's token opens nothing but /scim/; so nobody becomes a superuser by it, neither by
    // a role nor by a link that is mailed to another address.
    Result<void> CheckReach(const std::optional<std::string>& role, std::string_view before) const {
        const auto* wanted = role ? world_.config.catalogue.FindRole(*role) : nullptr;
        if (!wanted || wanted->reach != Reach::kEverything || wanted->name == before ||
            world_.config.scim_superusers)
            return {};
        return Error{ErrorKind::kForbidden, "scim.superuser", "Access denied",
                     "A directory may not make superusers here"};
    }

    Result<void> CheckOrdinary(const Account& whole) const {
        if (!whole.is_superuser || world_.config.scim_superusers) return {};
        return Error{ErrorKind::kForbidden, "scim.superuser", "Access denied",
                     "A directory may not change superusers here"};
    }

    // Somebody who comes back may be somebody else with the same address: what opened the door for
    // the one before opens it no longer.
    Result<void> Disarm(const std::string& account_id) {
        TRY(ChangeAccountWithin(work_, world_, actor_, account_id, EventKind::kAccountEdited,
                                [](Work& work, Account& account, Millis now) -> Result<void> {
                                    account.is_staff = account.is_superuser = false;
                                    account.password_hash.clear();
                                    RevokeAllTokens(work, account.id, now);
                                    return {};
                                }));
        return {};
    }

    static Result<void> CheckWords(const ScimWish& wish) {
        std::vector<FieldError> errors;
        if (wish.email) CheckEmail(Trim(*wish.email), errors);
        if (wish.display_name) CheckName(Trim(*wish.display_name), errors);
        if (!errors.empty()) return InvalidFields(std::move(errors));
        if (wish.user_name && Trim(*wish.user_name).empty())
            return BadValue("userName", "A person needs a userName");
        return {};
    }

    // Neither may be somebody else's; what is empty is not asked for.
    Result<void> CheckFree(std::string_view id, std::string_view user_name,
                           std::string_view email) {
        if (!user_name.empty()) work_.scim.FreeName(Fold(user_name), Now());
        for (const auto& [by, value] : {std::pair(By::kUserName, user_name), {By::kEmail, email}}) {
            if (value.empty()) continue;
            for (const ScimPerson& other : work_.scim.Find({by, std::string(value)})) {
                if (other.row.id == id) continue;
                return by == By::kEmail ? NotUnique("Somebody else has this address")
                                        : NotUnique("Somebody else has this userName");
            }
        }
        return {};
    }

    void Write(const ScimWish& wish, ScimUser& row) const {
        if (wish.user_name) row.user_name = Trim(*wish.user_name);
        row.user_name_key = Fold(row.user_name);
        if (wish.external_id) row.external_id = *wish.external_id;
        if (wish.display_name) row.display_name = Trim(*wish.display_name);
        if (wish.profile) row.profile = *wish.profile;
    }

    Result<void> Keep(const ScimPerson& person, const ScimUser& before, ScimUser& row) {
        const std::string details =
            DifferenceDetails({{"user_name", before.user_name, row.user_name},
                               {"external_id", before.external_id, row.external_id},
                               {"directory", "", ChangedAttributes(before.profile, row.profile)}});
        if (details == "{}" && before.display_name == row.display_name &&
            before.code_id == row.code_id)
            return {};
        row.updated_at = Now();
        if (details != "{}") work_.events.Append(With(AboutPerson(person), details));
        if (before.version > 0) return work_.scim.Save(row);
        row.created_at = Now();
        work_.scim.Erase(row.account_id);  // an earlier one, long deleted
        return work_.scim.Add(row);
    }

    // What is kept beside code and account is a change of theirs to whoever reads the log.
    Event AboutPerson(const ScimPerson& person) const {
        if (person.account)
            return About(Happened(EventKind::kAccountEdited, actor_, Now()), *person.account);
        Event event = Happened(EventKind::kCodeEdited, actor_, Now());
        if (person.row.code_id == 0) return event;
        const auto code = work_.codes.Find(person.row.code_id);
        return code ? About(std::move(event), *code) : event;
    }

    // ── Whoever has not joined yet ───────────────────────────────────────────────────────────

    Result<void> Invite(const ScimWish& wish, ScimUser& row) {
        CodeDraft draft;
        draft.max_uses = "1";
        draft.email = std::string(Trim(wish.email.value_or("")));
        draft.name = row.display_name;
        draft.role = wish.role;
        draft.task_group = wish.task_group;
        draft.aircraft_roles = wish.aircraft_roles;
        Code code = TRY(CodeOfDraft(inner_, actor_, {CodeScope::All()}, draft));
        TRY(AddWithin(work_, world_, actor_, draft, code));
        row.code_id = code.id;
        if (wish.active.value_or(true)) TRY(Mail(code));
        return {};
    }

    Result<void> Mail(const Code& code) {
        if (!world_.config.SendsMail() || !MayBeMailed(code, Now())) return {};
        TRY(CheckMailAllowance(work_, actor_, 1, Now()));
        QueueInvitation(work_, world_, actor_, code, MailKind::kInvitation, "",
                        world_.config.mail_language);
        return {};
    }

    Result<void> Withdraw(CodeId id) {
        TRY(ChangeWithin(work_, world_, actor_, CodeScope::All(), id, EventKind::kCodeRevoked,
                         [](Work&, Code& code, Millis now) -> Result<void> {
                             RevokeInPlace(code, now);
                             return {};
                         }));
        return {};
    }

    Result<void> ChangeInvitation(const ScimPerson& person, const ScimWish& wish, ScimUser& row) {
        const bool was_active = person.IsActiveAt(Now());
        const bool active = wish.active.value_or(was_active);
        const bool is_spent =
            !person.code || person.code->deleted_at ||
            (person.code->max_uses && person.code->used_count >= *person.code->max_uses);
        if (is_spent) return active && !was_active ? InviteAnew(person, wish, row) : NothingLeft();
        if (wish.email && Fold(Trim(*wish.email)) != Fold(person.code->email)) {
            if (was_active) TRY(Withdraw(row.code_id));  // whoever was mailed it has the link
            TRY(InviteAnew(person, wish, row));
            return active ? Result<void>{} : Withdraw(row.code_id);
        }
        TRY(EditInvitation(person, wish, row));
        if (!active) return was_active ? Withdraw(row.code_id) : Result<void>{};
        if (was_active) return {};
        TRY(Restore(*person.code));
        return Mail(*work_.codes.Find(row.code_id));
    }

    // Nothing hangs on a code that nobody can join with.
    static Result<void> NothingLeft() { return {}; }

    Result<void> InviteAnew(const ScimPerson& person, const ScimWish& wish, ScimUser& row) {
        ScimWish whole = wish;
        if (!whole.email) whole.email = ScimEmailOf(person);
        if (!whole.role && person.code) whole.role = person.code->role;
        if (!whole.task_group && person.code) whole.task_group = person.code->task_group;
        if (!whole.aircraft_roles) {
            whole.aircraft_roles.emplace();
            for (const AircraftGrant& grant : person.aircraft_roles)
                whole.aircraft_roles->emplace_back(grant.registration, grant.role);
        }
        if (whole.email->empty())
            return BadValue("emails", "To be invited, a person needs an address");
        whole.active = whole.active.value_or(true);
        TRY(CheckReach(whole.role, ""));
        return Invite(whole, row);
    }

    Result<void> EditInvitation(const ScimPerson& person, const ScimWish& wish,
                                const ScimUser& row) {
        const Code& code = *person.code;
        CodeDraft draft;
        const auto differs = [](const std::optional<std::string>& wanted, std::string_view is) {
            return wanted && *wanted != is;
        };
        if (wish.email && Trim(*wish.email) != code.email) draft.email = *wish.email;
        if (row.display_name != code.name) draft.name = row.display_name;
        if (differs(wish.role, code.role)) draft.role = wish.role;
        if (differs(wish.task_group, code.task_group)) draft.task_group = wish.task_group;
        if (wish.aircraft_roles && !HoldsRoles(person, *wish.aircraft_roles))
            draft.aircraft_roles = wish.aircraft_roles;
        if (!draft.email && !draft.name && !draft.role && !draft.task_group &&
            !draft.aircraft_roles)
            return {};
        TRY(ChangeWithin(work_, world_, actor_, CodeScope::All(), code.id, EventKind::kCodeEdited,
                         [&](Work& work, Code& changed, Millis now) {
                             return EditInPlace(work, world_, actor_, {CodeScope::All()}, draft,
                                                now, changed);
                         }));
        return {};
    }

    Result<void> Restore(const Code& code) {
        CodeDraft renewal;
        if (code.expires_at && *code.expires_at <= Now()) renewal.expires_at = "";
        TRY(ChangeWithin(work_, world_, actor_, CodeScope::All(), code.id,
                         EventKind::kCodeReactivated, [&](Work&, Code& changed, Millis now) {
                             return ReactivateInPlace(world_, actor_, renewal, now, changed);
                         }));
        return {};
    }

    // ── Whoever has ──────────────────────────────────────────────────────────────────────────

    Result<void> ChangeAccount(const ScimPerson& person, const ScimWish& wish) {
        const auto permit = TRY(actor_.Ask<kUsersWrite>());
        const Account& account = *person.account;
        AccountDraft draft;
        if (wish.display_name && Trim(*wish.display_name) != ScimDisplayNameOf(person))
            draft.name = wish.display_name;
        if (wish.email && Trim(*wish.email) != account.email) draft.email = wish.email;
        if (wish.role && *wish.role != account.role) draft.role = wish.role;
        if (wish.task_group && *wish.task_group != account.task_group)
            draft.task_group = wish.task_group;
        if (wish.aircraft_roles && !HoldsRoles(person, *wish.aircraft_roles))
            draft.aircraft_roles = wish.aircraft_roles;
        const bool active = wish.active.value_or(account.IsActiveAt(Now()));
        const bool turns = active != account.IsActiveAt(Now());
        const Account whole = *work_.accounts.Find(account.id);  // with its flags
        if (draft.email || draft.role || draft.task_group || draft.aircraft_roles || turns)
            TRY(CheckOrdinary(whole));
        if (draft.email && whole.is_staff)
            return Error{ErrorKind::kForbidden, "scim.staff", "Access denied",
                         "A directory may not change the address of somebody with the staff flag"};
        if (draft.name || draft.email || draft.role || draft.task_group || draft.aircraft_roles)
            TRY(EditAccount(permit, inner_, account.id, draft, {}));
        if (draft.email) work_.resets.End(account.id);
        if (!turns) return {};
        if (active)
            TRY(ReactivateAccount(permit, inner_, account.id));
        else
            TRY(DeactivateAccount(permit, inner_, account.id));
        return {};
    }

    Work& work_;
    World& world_;
    const Actor& actor_;
    JoinedStore joined_;
    World inner_;
};

Result<void> Hold(Work& work, const ScimPerson& person) {
    work.scim.Hold(person.row.id);
    if (person.account) work.accounts.FindForUpdate(person.account->id);
    return {};
}

}  // namespace

Result<ScimPerson> CreateScimPerson(Permit<kScim> permit, World& world, const ScimWish& wish) {
    const Actor actor = WholeActor(permit.holder());
    if (!wish.user_name || Trim(*wish.user_name).empty())
        return BadValue("userName", "A person needs a userName");
    if (!wish.email || Trim(*wish.email).empty())
        return BadValue("emails", "To be invited, a person needs an address");
    std::optional<ScimPerson> made;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const std::string id = TRY(Fulfilment(work, world, actor).Create(wish));
        made = FindOne(work, By::kId, id);
        return {};
    }));
    return *std::move(made);
}

Result<ScimPerson> ChangeScimPerson(Permit<kScim> permit, World& world, std::string_view id,
                                    const ScimChange& change) {
    const Actor actor = WholeActor(permit.holder());
    std::optional<ScimPerson> changed;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        changed = FindOne(work, By::kId, id);
        if (!changed) return NoSuchPerson();
        TRY(Hold(work, *changed));
        changed = FindOne(work, By::kId, id);
        if (!changed) return NoSuchPerson();
        const ScimWish wish = TRY(change(*changed));
        TRY(Fulfilment(work, world, actor).Change(*changed, wish));
        changed = FindOne(work, By::kId, id);
        return {};
    }));
    if (!changed) return NoSuchPerson();
    return *std::move(changed);
}

Result<void> DeleteScimPerson(Permit<kScim> permit, World& world, std::string_view id,
                              const std::function<Result<void>(const ScimPerson&)>& check) {
    const Actor actor = WholeActor(permit.holder());
    return world.store.Transact([&](Work& work) -> Result<void> {
        const auto person = FindOne(work, By::kId, id);
        if (!person) return NoSuchPerson();
        TRY(Hold(work, *person));
        TRY(check(*person));
        return Fulfilment(work, world, actor).Delete(*person);
    });
}

Result<ScimPerson> GetScimPerson(Permit<kScim>, World& world, std::string_view id) {
    std::optional<ScimPerson> person;
    world.store.Read([&](Work& work) { person = FindOne(work, By::kId, id); });
    if (!person) return NoSuchPerson();
    return *std::move(person);
}

std::vector<ScimPerson> FindScimPeople(Permit<kScim>, World& world, const ScimLookup& lookup) {
    std::vector<ScimPerson> people;
    world.store.Read([&](Work& work) { people = work.scim.Find(lookup); });
    return people;
}

std::vector<ScimPerson> ListScimPeople(Permit<kScim>, World& world, std::string_view after,
                                       std::size_t skip, std::size_t most) {
    std::vector<ScimPerson> people;
    world.store.Read([&](Work& work) { people = work.scim.List(after, skip, most); });
    return people;
}

std::int64_t CountScimPeople(Permit<kScim>, World& world) {
    std::int64_t count = 0;
    world.store.Read([&](Work& work) { count = work.scim.Count(); });
    return count;
}

Result<void> TogetherOverScim(Permit<kScim>, World& world,
                              const std::function<Result<void>(World&)>& body) {
    return world.store.Transact([&](Work& work) -> Result<void> {
        JoinedStore joined(world, work);
        World inner = world.With(joined);
        return body(inner);
    });
}

}  // namespace ostiary
