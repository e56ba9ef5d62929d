#include "core/shapes.h"

#include <boost/json.hpp>

#include "core/codes.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::value Moment(const std::optional<Millis>& at) {
    if (!at) return nullptr;
    return json::string(FormatRfc3339(*at));
}

json::array Texts(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

json::array AircraftRoles(const std::vector<AircraftGrant>& grants) {
    json::array list;
    for (const AircraftGrant& grant : grants)
        list.push_back({{"aircraft", grant.registration}, {"role", grant.role}});
    return list;
}

}  // namespace

std::string CodeJson(const Config& config, const Code& code, Millis now, Secrets secrets) {
    const CodeStatus status = StatusAt(code, now);
    if (IsRedacted(code)) secrets = Secrets::kHidden;
    json::object shape;
    shape["id"] = code.id;
    if (secrets == Secrets::kShown) shape["code"] = code.shown;
    shape["label"] = code.label;
    shape["email"] = code.email;
    shape["name"] = code.name;
    shape["role"] = code.role;
    shape["task_group"] = code.task_group;
    shape["aircraft_roles"] = AircraftRoles(code.aircraft_roles);
    shape["max_uses"] = code.max_uses.value_or(0);
    shape["used_count"] = code.used_count;
    shape["is_active"] = code.is_active();
    shape["is_usable"] = IsUsable(status);
    shape["status"] = json::string(NameOf(status));
    shape["approval"] = json::string(NameOf(code.approval));
    shape["starts_at"] = Moment(code.starts_at);
    shape["expires_at"] = Moment(code.expires_at);
    shape["email_domains"] = Texts(code.email_domains);
    shape["account_days"] =
        code.account_days ? json::value(*code.account_days) : json::value(nullptr);
    shape["notes"] = code.notes;
    shape["welcome"] = code.welcome;
    shape["tags"] = Texts(code.tags);
    shape["template"] =
        code.template_name.empty() ? json::value(nullptr) : json::value(code.template_name);
    shape["batch"] = code.batch.empty() ? json::value(nullptr) : json::value(code.batch);
    if (secrets == Secrets::kShown) shape["registration_url"] = RegistrationUrl(config, code);
    shape["created_by"] = code.created_by;
    shape["created_at"] = Moment(code.created_at);
    shape["updated_at"] = Moment(code.updated_at);
    shape["last_used_at"] = Moment(code.last_used_at);
    return json::serialize(shape);
}

std::string AccountJson(const AccountWithAccess& person, Millis now) {
    const Account& account = person.account;
    json::object shape;
    shape["id"] = account.id;
    shape["username"] = account.username;
    shape["name"] = account.name;
    shape["email"] = account.email;
    shape["role"] = account.role;
    shape["task_group"] = account.task_group;
    shape["is_staff"] = account.is_staff;
    shape["is_superuser"] = account.is_superuser;
    shape["is_active"] = account.IsActiveAt(now);
    shape["date_joined"] = Moment(account.joined_at);
    shape["last_login"] = Moment(account.last_login_at);
    shape["aircraft_access"] = AircraftRoles(person.aircraft_access);
    const auto number = [](const std::optional<std::int64_t>& quota) {
        return quota ? json::value(*quota) : json::value(nullptr);
    };
    shape["quota_codes"] = number(account.quota_codes);
    shape["quota_uses"] = number(account.quota_uses);
    return json::serialize(shape);
}

std::string RedemptionJson(const Redemption& redemption) {
    json::object shape;
    shape["id"] = redemption.id;
    shape["code_id"] = redemption.code_id;
    if (redemption.account_id.empty()) {
        shape["subject"] = redemption.subject;
    } else {
        shape["account"] = redemption.account_id;
        shape["username"] = redemption.account_name;
    }
    shape["email"] = redemption.email;
    shape["role"] = redemption.role;
    shape["task_group"] = redemption.task_group;
    shape["aircraft_roles"] = AircraftRoles(redemption.aircraft_roles);
    shape["redeemed_at"] = Moment(redemption.redeemed_at);
    return json::serialize(shape);
}

std::string AircraftJson(const Aircraft& aircraft) {
    return json::serialize(json::object{{"registration", aircraft.registration},
                                        {"name", aircraft.name},
                                        {"created_at", Moment(aircraft.created_at)},
                                        {"retired_at", Moment(aircraft.retired_at)}});
}

std::string TemplateJson(const Template& one) {
    const auto text = [](const std::string& value) {
        return value.empty() ? json::value(nullptr) : json::value(value);
    };
    json::object shape;
    shape["id"] = one.id;
    shape["name"] = one.name;
    shape["description"] = one.description;
    shape["role"] = text(one.role);
    shape["task_group"] = text(one.task_group);
    shape["max_uses"] = one.max_uses ? json::value(*one.max_uses) : json::value(nullptr);
    shape["expires_days"] =
        one.expires_days ? json::value(*one.expires_days) : json::value(nullptr);
    shape["account_days"] =
        one.account_days ? json::value(*one.account_days) : json::value(nullptr);
    shape["label"] = one.label;
    shape["notes"] = one.notes;
    shape["welcome"] = one.welcome;
    shape["email_domains"] = Texts(one.email_domains);
    shape["tags"] = Texts(one.tags);
    shape["aircraft_roles"] = AircraftRoles(one.aircraft_roles);
    shape["created_by"] = one.created_by;
    shape["created_at"] = one.created_at == 0 ? json::value(nullptr) : Moment(one.created_at);
    shape["updated_at"] = one.updated_at == 0 ? json::value(nullptr) : Moment(one.updated_at);
    return json::serialize(shape);
}

std::string MailJson(const Mail& mail) {
    json::object shape;
    shape["id"] = mail.id;
    shape["kind"] = json::string(NameOf(mail.kind));
    shape["recipient"] = mail.recipient;
    shape["state"] = json::string(NameOf(mail.state));
    shape["reason"] = mail.reason.empty() ? json::value(nullptr) : json::value(mail.reason);
    shape["attempts"] = mail.attempts;
    shape["created_by"] = mail.created_by;
    shape["created_at"] = Moment(mail.created_at);
    const bool waits = mail.state == MailState::kQueued;
    shape["next_attempt_at"] = waits ? Moment(mail.due_at) : json::value(nullptr);
    shape["done_at"] = Moment(mail.done_at);
    return json::serialize(shape);
}

namespace {

json::object TokenShape(const ApiToken& token) {
    return {{"id", token.id},
            {"label", token.label},
            {"scopes", Texts(token.scopes)},
            {"created_at", Moment(token.created_at)},
            {"expires_at", Moment(token.expires_at)},
            {"last_used_at", Moment(token.last_used_at)},
            {"revoked_at", Moment(token.revoked_at)}};
}

}  // namespace

std::string TokenJson(const ApiToken& token) { return json::serialize(TokenShape(token)); }

std::string FreshTokenJson(const FreshToken& fresh) {
    json::object shape = TokenShape(fresh.row);
    shape["token"] = fresh.token;
    return json::serialize(shape);
}

std::string JsonText(std::string_view text) { return json::serialize(json::string(text)); }

std::string JsonList(const std::vector<std::string>& serialized) {
    return "[" + Join(serialized, ",") + "]";
}

}  // namespace ostiary
