#include "core/happenings.h"

#include <boost/json.hpp>

#include "core/accounts.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::value Moment(const std::optional<Millis>& at) {
    if (!at) return nullptr;
    return json::string(FormatRfc3339(*at));
}

json::value Number(const std::optional<std::int64_t>& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::array Texts(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

// What of a code is remembered: all that a person can set, and neither code nor token.
json::object FactsOf(const Code& code) {
    json::object facts;
    facts["label"] = code.label;
    facts["email"] = code.email;
    facts["name"] = code.name;
    facts["role"] = code.role;
    facts["task_group"] = code.task_group;
    facts["aircraft_roles"] = AccessSummary(code.aircraft_roles);
    facts["max_uses"] = code.max_uses.value_or(0);
    facts["starts_at"] = Moment(code.starts_at);
    facts["expires_at"] = Moment(code.expires_at);
    facts["is_active"] = code.is_active();
    facts["approval"] = json::string(NameOf(code.approval));
    facts["email_domains"] = Texts(code.email_domains);
    facts["account_days"] =
        code.account_days ? json::value(*code.account_days) : json::value(nullptr);
    facts["notes"] = code.notes;
    facts["welcome"] = code.welcome;
    facts["tags"] = Texts(code.tags);
    return facts;
}

json::object FactsOf(const Account& account) {
    json::object facts;
    facts["username"] = account.username;
    facts["name"] = account.name;
    facts["email"] = account.email;
    facts["role"] = account.role;
    facts["task_group"] = account.task_group;
    facts["is_staff"] = account.is_staff;
    facts["is_superuser"] = account.is_superuser;
    facts["is_active"] = !account.deactivated_at;
    facts["time_zone"] = account.time_zone;
    facts["quota_codes"] = Number(account.quota_codes);
    facts["quota_uses"] = Number(account.quota_uses);
    return facts;
}

template <class Thing>
std::string Differences(const Thing& before, const Thing& after) {
    const json::object old_facts = FactsOf(before), new_facts = FactsOf(after);
    json::object changed;
    for (const auto& [name, value] : new_facts)
        if (old_facts.at(name) != value) changed[name] = json::array{old_facts.at(name), value};
    return json::serialize(changed);
}

}  // namespace

std::string GrantDetails(const Code& code) {
    json::object facts = FactsOf(code);
    if (!code.template_name.empty()) facts["template"] = code.template_name;
    if (!code.batch.empty()) facts["batch"] = code.batch;
    return json::serialize(facts);
}

std::string ChangeDetails(const Code& before, const Code& after) {
    return Differences(before, after);
}
std::string ChangeDetails(const Account& before, const Account& after) {
    return Differences(before, after);
}

std::string DifferenceDetails(std::initializer_list<Difference> facts) {
    json::object changed;
    for (const Difference& fact : facts)
        if (fact.before != fact.after) changed[fact.name] = json::array{fact.before, fact.after};
    return json::serialize(changed);
}

std::string RefusalDetails(std::string_view reason) {
    return PairDetails({{"reason", std::string(reason)}});
}

std::string PairDetails(const std::vector<std::pair<std::string, std::string>>& pairs) {
    json::object object;
    for (const auto& [name, value] : pairs) object[name] = value;
    return json::serialize(object);
}

}  // namespace ostiary
