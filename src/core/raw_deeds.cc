// What can be changed in the raw data, and by which verb. A table without a row here is only looked
// at.

#include <algorithm>

#include "core/accounts.h"
#include "core/aircraft.h"
#include "core/codes.h"
#include "core/password_reset.h"
#include "core/raw_data.h"
#include "core/sessions.h"
#include "core/templates.h"
#include "core/tokens.h"
#include "core/webhooks.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

std::optional<std::string> Find(const RawTyped& typed, std::string_view column) {
    for (const auto& [name, value] : typed)
        if (name == column) return value;
    return std::nullopt;
}

std::string Get(const RawTyped& typed, std::string_view column) {
    return Find(typed, column).value_or("");
}

std::optional<bool> Switch(const RawTyped& typed, std::string_view column) {
    const auto text = Find(typed, column);
    if (!text) return std::nullopt;
    return *text == "1";
}

std::optional<std::int64_t> Version(const RawTyped& typed) {
    return ParseInt(Get(typed, "version"));
}

// The verbs' fields by the names that the columns have.
Error InColumns(Error error) {
    for (FieldError& field : error.fields) {
        if (field.field == "aircraft") field.field = "aircraft_id";
        if (field.field == "password") field.field = "password_hash";
    }
    return error;
}

template <class T>
Result<void> Done(const Result<T>& result) {
    if (!result.ok()) return InColumns(result.error());
    return {};
}

// An account by its id, or by its username; an aircraft by its id, or by its registration.
std::string AccountIdOf(World& world, const std::string& typed) {
    std::string id = typed;
    world.store.Read([&](Work& work) {
        if (!IsCleanText(typed, Lines::kOne) || work.accounts.Find(typed)) return;
        if (const auto account = work.accounts.FindByUsername(Fold(typed))) id = account->id;
    });
    return id;
}

std::string RegistrationOf(World& world, const std::string& typed) {
    std::string registration = typed;
    world.store.Read([&](Work& work) {
        for (const Aircraft& aircraft : work.aircraft.List())
            if (aircraft.id == typed) registration = aircraft.registration;
    });
    return registration;
}

Error NoSuchNumber(std::string_view column) {
    return {ErrorKind::kInvalid,
            "row.invalid",
            "Invalid request",
            "This is no number of a code",
            {{std::string(column), "row.invalid", "This is no number of a code"}}};
}

// ── Accounts ──────────────────────────────────────────────────────────────────────────────────

AccountDraft AccountOf(const RawTyped& typed) {
    AccountDraft draft;
    draft.username = Find(typed, "username");
    draft.email = Find(typed, "email");
    draft.name = Find(typed, "name");
    draft.role = Find(typed, "role");
    draft.task_group = Find(typed, "task_group");
    draft.time_zone = Find(typed, "time_zone");
    draft.quota_codes = Find(typed, "quota_codes");
    draft.quota_uses = Find(typed, "quota_uses");
    draft.is_staff = Switch(typed, "is_staff");
    draft.is_superuser = Switch(typed, "is_superuser");
    return draft;
}

Result<void> AddAccountRow(const Actor& actor, World& world, const RawTyped& typed) {
    AccountDraft draft = AccountOf(typed);
    draft.password = Get(typed, "password_hash");
    return Done(CreateAccount(TRY(actor.Ask<kUsersWrite>()), world, draft));
}

Result<void> EditAccountRow(const Actor& actor, World& world, const RawKey& key,
                            const RawTyped& typed) {
    const auto permit = TRY(actor.Ask<kUsersWrite>());
    TRY(Done(EditAccount(permit, world, key[0], AccountOf(typed), Version(typed))));
    const std::string password = Get(typed, "password_hash");
    if (password.empty()) return {};
    return Done(SetPassword(permit, world, key[0], password));
}

Result<void> RemoveAccountRow(const Actor& actor, World& world, const RawKey& key) {
    return DeleteAccount(TRY(actor.Ask<kUsersWrite>()), world, key[0]);
}

Result<void> SetAccountAircraft(const Actor& actor, World& world, const RawKey& key,
                                std::string_view role) {
    return Done(SetAircraftRole(TRY(actor.Ask<kUsersWrite>()), world, AccountIdOf(world, key[0]),
                                RegistrationOf(world, key[1]), role));
}

// An empty role would take away what was to be given.
Result<void> NeedRole(const RawTyped& typed) {
    if (!Trim(Get(typed, "role")).empty()) return {};
    return InvalidFields({{"role", "role.required", "A role is required"}});
}

Result<void> AddAccountAircraftRow(const Actor& actor, World& world, const RawTyped& typed) {
    TRY(NeedRole(typed));
    return SetAccountAircraft(actor, world, {Get(typed, "account_id"), Get(typed, "aircraft_id")},
                              Get(typed, "role"));
}
Result<void> EditAccountAircraftRow(const Actor& actor, World& world, const RawKey& key,
                                    const RawTyped& typed) {
    TRY(NeedRole(typed));
    return SetAccountAircraft(actor, world, key, Get(typed, "role"));
}
Result<void> RemoveAccountAircraftRow(const Actor& actor, World& world, const RawKey& key) {
    return SetAccountAircraft(actor, world, key, "");
}

// ── Aircraft ──────────────────────────────────────────────────────────────────────────────────

Result<void> AddAircraftRow(const Actor& actor, World& world, const RawTyped& typed) {
    return Done(AddAircraft(TRY(actor.Ask<kAircraftWrite>()), world, Get(typed, "registration"),
                            Get(typed, "name")));
}
Result<void> EditAircraftRow(const Actor& actor, World& world, const RawKey& key,
                             const RawTyped& typed) {
    return Done(EditAircraft(TRY(actor.Ask<kAircraftWrite>()), world, RegistrationOf(world, key[0]),
                             Get(typed, "registration"), Get(typed, "name")));
}
Result<void> RemoveAircraftRow(const Actor& actor, World& world, const RawKey& key) {
    return DeleteAircraft(TRY(actor.Ask<kAircraftWrite>()), world, RegistrationOf(world, key[0]));
}

// ── Codes ─────────────────────────────────────────────────────────────────────────────────────

CodeDraft CodeOf(const RawTyped& typed) {
    CodeDraft draft;
    draft.label = Find(typed, "label");
    draft.role = Find(typed, "role");
    draft.task_group = Find(typed, "task_group");
    draft.email = Find(typed, "email");
    draft.name = Find(typed, "name");
    draft.max_uses = Find(typed, "max_uses");
    draft.starts_at = Find(typed, "starts_at");
    draft.expires_at = Find(typed, "expires_at");
    draft.account_days = Find(typed, "account_days");
    draft.notes = Find(typed, "notes");
    draft.welcome = Find(typed, "welcome");
    return draft;
}

DoorRules Rules(const Actor& actor, const World& world) {
    return RulesOf(actor, PortalOf(PortalId::kAdmin), world);
}

Result<CodeId> CodeIdIn(const std::string& text, std::string_view column) {
    const auto id = ParseInt(Trim(text));
    if (!id) return NoSuchNumber(column);
    return *id;
}

Result<void> AddCodeRow(const Actor& actor, World& world, const RawTyped& typed) {
    return Done(
        CreateCode(TRY(actor.Ask<kCodesWrite>()), world, Rules(actor, world), CodeOf(typed)));
}
Result<void> EditCodeRow(const Actor& actor, World& world, const RawKey& key,
                         const RawTyped& typed) {
    return Done(EditCode(TRY(actor.Ask<kCodesWrite>()), world, Rules(actor, world),
                         TRY(CodeIdIn(key[0], "id")), CodeOf(typed), Version(typed)));
}
Result<void> RemoveCodeRow(const Actor& actor, World& world, const RawKey& key) {
    return DeleteCode(TRY(actor.Ask<kCodesWrite>()), world, Rules(actor, world),
                      TRY(CodeIdIn(key[0], "id")));
}

Result<void> SetCodeAircraft(const Actor& actor, World& world, const RawKey& key,
                             const RawTyped& typed) {
    TRY(NeedRole(typed));
    return Done(SetCodeAircraftRole(TRY(actor.Ask<kCodesWrite>()), world, Rules(actor, world),
                                    TRY(CodeIdIn(key[0], "code_id")), RegistrationOf(world, key[1]),
                                    Get(typed, "role")));
}
Result<void> AddCodeAircraftRow(const Actor& actor, World& world, const RawTyped& typed) {
    return SetCodeAircraft(actor, world, {Get(typed, "code_id"), Get(typed, "aircraft_id")}, typed);
}
Result<void> RemoveCodeAircraftRow(const Actor& actor, World& world, const RawKey& key) {
    return Done(RemoveCodeAircraftRole(TRY(actor.Ask<kCodesWrite>()), world, Rules(actor, world),
                                       TRY(CodeIdIn(key[0], "code_id")),
                                       RegistrationOf(world, key[1])));
}

// ── What can only be ended ────────────────────────────────────────────────────────────────────

Result<void> RemoveSessionRow(const Actor& actor, World& world, const RawKey& key) {
    return EndSession(TRY(actor.Ask<kUsersWrite>()), world, key[0]);
}
Result<void> RemoveTokenRow(const Actor& actor, World& world, const RawKey& key) {
    return RevokeToken(TRY(actor.Ask<kTokensWrite>()), world, key[0]);
}
Result<void> RemoveResetRow(const Actor& actor, World& world, const RawKey& key) {
    return Done(WithdrawResetLink(TRY(actor.Ask<kUsersWrite>()), world, key[0]));
}

Result<void> RemoveWebhookRow(const Actor& actor, World& world, const RawKey& key) {
    return Done(DeleteWebhook(TRY(actor.Ask<kWebhooks>()), world, key[0]));
}

Result<void> RemoveTemplateRow(const Actor& actor, World& world, const RawKey& key) {
    return DeleteTemplate(TRY(actor.Ask<kTemplatesWrite>()), world, TRY(CodeIdIn(key[0], "id")));
}

struct Verbs {
    std::string_view table;
    Result<void> (*add)(const Actor&, World&, const RawTyped&);
    Result<void> (*edit)(const Actor&, World&, const RawKey&, const RawTyped&);
    Result<void> (*remove)(const Actor&, World&, const RawKey&);
};
// clang-format off
constexpr std::array kVerbs = {
    Verbs{"account",          AddAccountRow,         EditAccountRow,         RemoveAccountRow},
    Verbs{"account_aircraft", AddAccountAircraftRow, EditAccountAircraftRow, RemoveAccountAircraftRow},
    Verbs{"aircraft",         AddAircraftRow,        EditAircraftRow,        RemoveAircraftRow},
    Verbs{"code",             AddCodeRow,            EditCodeRow,            RemoveCodeRow},
    Verbs{"code_aircraft",    AddCodeAircraftRow,    SetCodeAircraft,        RemoveCodeAircraftRow},
    Verbs{"template",         nullptr,               nullptr,                RemoveTemplateRow},
    Verbs{"session",          nullptr,               nullptr,                RemoveSessionRow},
    Verbs{"token",            nullptr,               nullptr,                RemoveTokenRow},
    Verbs{"password_reset",   nullptr,               nullptr,                RemoveResetRow},
    Verbs{"webhook",          nullptr,               nullptr,                RemoveWebhookRow},
};
// clang-format on

constexpr Verbs VerbsOf(std::string_view table) {
    for (const Verbs& verbs : kVerbs)
        if (verbs.table == table) return verbs;
    return {table, nullptr, nullptr, nullptr};
}

consteval bool EveryDeedHasItsVerb() {
    for (const RawTable& table : kRawTables) {
        const Verbs verbs = VerbsOf(table.name);
        if (Has(table.deeds, RawDeeds::kAdd) != (verbs.add != nullptr)) return false;
        if (Has(table.deeds, RawDeeds::kEdit) != (verbs.edit != nullptr)) return false;
        if (Has(table.deeds, RawDeeds::kRemove) != (verbs.remove != nullptr)) return false;
    }
    return true;
}
static_assert(EveryDeedHasItsVerb());

Error CannotBeDone(const RawTable& table) {
    return {ErrorKind::kConflict, "row.locked", "Conflict", std::string(table.rule)};
}

// Only columns that the form has: the others are the program's own.
Result<void> CheckTyped(const RawTable& table, const RawTyped& typed, RawUse use) {
    for (const auto& [name, value] : typed) {
        const RawColumn* column = table.Find(name);
        if (name != "version" && (column == nullptr || !column->Is(use)))
            return Error{ErrorKind::kInvalid, "row.column", "Invalid request",
                         Say("The column {} cannot be set here", name)};
        if (!IsCleanText(value, Lines::kMany))
            return InvalidFields(
                {{name, "text.invalid", "This has characters that cannot be kept"}});
    }
    return {};
}

Result<RawKey> KeyOfRow(Permit<kRawData> permit, World& world, const RawTable& table,
                        std::string_view address) {
    TRY(GetRawRow(permit, world, table, address));
    return RawKeyOf(world, table, address);
}

}  // namespace

Result<void> AddRawRow(Permit<kRawData> permit, World& world, const RawTable& table,
                       const RawTyped& typed) {
    const Verbs verbs = VerbsOf(table.name);
    if (verbs.add == nullptr) return CannotBeDone(table);
    TRY(CheckTyped(table, typed, RawUse::kGiven));
    return verbs.add(permit.holder(), world, typed);
}

Result<void> EditRawRow(Permit<kRawData> permit, World& world, const RawTable& table,
                        std::string_view address, const RawTyped& typed) {
    const Verbs verbs = VerbsOf(table.name);
    if (verbs.edit == nullptr) return CannotBeDone(table);
    TRY(CheckTyped(table, typed, RawUse::kEdited));
    return verbs.edit(permit.holder(), world, TRY(KeyOfRow(permit, world, table, address)), typed);
}

Result<void> RemoveRawRow(Permit<kRawData> permit, World& world, const RawTable& table,
                          std::string_view address) {
    const Verbs verbs = VerbsOf(table.name);
    if (verbs.remove == nullptr) return CannotBeDone(table);
    return verbs.remove(permit.holder(), world, TRY(KeyOfRow(permit, world, table, address)));
}

}  // namespace ostiary
