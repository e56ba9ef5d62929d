#include "core/pulls_words.h"

#include <algorithm>
#include <boost/json.hpp>

#include "core/imports_fields.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::object ObjectOf(const PullWords& words) {
    json::object object;
    for (const auto& [field, word] : words) object[field] = word;
    return object;
}

PullWords WordsOf(const json::object& object) {
    PullWords words;
    for (const auto& [field, word] : object) words.emplace(field, std::string(word.as_string()));
    return words;
}

// Addresses and names to log in with are the same in any case.
bool IsSame(std::string_view field, std::string_view a, std::string_view b) {
    if (field == pull::kEmail || field == pull::kUserName) return Fold(a) == Fold(b);
    return a == b;
}

void Wish(std::string_view field, const std::string& word, ScimWish& wish) {
    if (field == pull::kUserName) wish.user_name = word;
    if (field == pull::kName) wish.display_name = word;
    if (field == pull::kEmail) wish.email = word;
    if (field == pull::kRole) wish.role = word;
    if (field == pull::kTaskGroup) wish.task_group = word;
    if (field == pull::kAircraftRoles)
        wish.aircraft_roles =
            AircraftRolesOf(word).value_or(std::vector<std::pair<std::string, std::string>>{});
    if (field == pull::kActive) wish.active = word == pull::kYes;
}

}  // namespace

std::string_view WordOf(const PullWords& words, std::string_view field) {
    const auto found = words.find(field);
    return found == words.end() ? std::string_view() : std::string_view(found->second);
}

std::string PackWords(const PullWords& words) { return json::serialize(ObjectOf(words)); }

PullWords UnpackWords(std::string_view packed) {
    return WordsOf(json::parse({packed.data(), packed.size()}).as_object());
}

std::string PackBody(const PullBody& body) {
    json::array differences;
    for (const PullDifference& one : body.differences)
        differences.push_back(json::array{json::string(one.field), json::string(one.before),
                                          json::string(one.after)});
    return json::serialize(json::object{{"key", body.key},
                                        {"has_id", body.has_id},
                                        {"replaces", body.replaces},
                                        {"name", body.name},
                                        {"email", body.email},
                                        {"words", ObjectOf(body.words)},
                                        {"differences", std::move(differences)}});
}

PullBody UnpackBody(std::string_view packed) {
    const json::value value = json::parse({packed.data(), packed.size()});
    const auto text = [&](const char* name) { return std::string(value.at(name).as_string()); };
    PullBody body;
    body.key = text("key");
    body.has_id = value.at("has_id").as_bool();
    body.replaces = text("replaces");
    body.name = text("name");
    body.email = text("email");
    body.words = WordsOf(value.at("words").as_object());
    for (const json::value& one : value.at("differences").as_array())
        body.differences.push_back({std::string(one.at(0).as_string()),
                                    std::string(one.at(1).as_string()),
                                    std::string(one.at(2).as_string())});
    return body;
}

std::string PullHash(const World& world, std::string_view key) {
    return world.vault.Hash(Purpose::kPullPerson, key);
}

std::string AircraftWords(std::vector<std::pair<std::string, std::string>> roles) {
    std::ranges::sort(roles);
    std::vector<std::string> words;
    for (const auto& [registration, role] : roles) words.push_back(registration + ":" + role);
    return Join(words, ", ");
}

PullWords WordsOf(const ScimPerson& person, Millis now) {
    std::vector<std::pair<std::string, std::string>> roles;
    for (const AircraftGrant& grant : person.aircraft_roles)
        roles.emplace_back(grant.registration, grant.role);
    const auto word = [](std::string_view text) { return std::string(text); };
    return {{word(pull::kUserName), ScimUserNameOf(person)},
            {word(pull::kName), ScimDisplayNameOf(person)},
            {word(pull::kEmail), ScimEmailOf(person)},
            {word(pull::kRole), ScimRoleOf(person)},
            {word(pull::kTaskGroup), ScimTaskGroupOf(person)},
            {word(pull::kAircraftRoles), AircraftWords(std::move(roles))},
            {word(pull::kActive), word(person.IsActiveAt(now) ? pull::kYes : pull::kNo)}};
}

std::vector<PullDifference> DifferencesOf(const PullWords& row, const PullWords& said,
                                          const PullWords& is) {
    std::vector<PullDifference> differences;
    for (const std::string_view field : pull::kFields) {
        const auto wanted = row.find(field);
        if (wanted == row.end()) continue;
        const auto before = said.find(field);
        const bool is_news = before == said.end()
                                 ? !wanted->second.empty()  // a blank cell says nothing at first
                                 : !IsSame(field, wanted->second, before->second);
        const std::string_view now = WordOf(is, field);
        if (is_news && !IsSame(field, wanted->second, now))
            differences.push_back({std::string(field), std::string(now), wanted->second});
    }
    // Of whoever leaves nothing else matters.
    const auto leaves = std::ranges::find_if(differences, [](const PullDifference& one) {
        return one.field == pull::kActive && one.after == pull::kNo;
    });
    if (leaves != differences.end()) return {*leaves};
    // And of whoever has left, or was locked out here, nothing until they are back.
    const bool comes_back = !differences.empty() && differences.back().field == pull::kActive;
    if (WordOf(is, pull::kActive) == pull::kNo && !comes_back) return {};
    return differences;
}

PullKind KindOf(const std::vector<PullDifference>& differences) {
    const bool leaves = differences.size() == 1 && differences.front().field == pull::kActive &&
                        differences.front().after == pull::kNo;
    return leaves ? PullKind::kLeave : PullKind::kChange;
}

ScimWish WishOf(const PullBody& body) {
    ScimWish wish;
    if (body.has_id) wish.external_id = body.key;
    wish.user_name = body.email;
    for (const auto& [field, word] : body.words) Wish(field, word, wish);
    return wish;
}

ScimWish WishOf(const std::vector<PullDifference>& differences, const PullWords& is) {
    ScimWish wish;
    for (const PullDifference& one : differences) Wish(one.field, one.after, wish);
    // Whoever logs in to the directory with the address goes on doing so.
    if (wish.email && !wish.user_name &&
        IsSame(pull::kEmail, WordOf(is, pull::kUserName), WordOf(is, pull::kEmail)))
        wish.user_name = wish.email;
    return wish;
}

}  // namespace ostiary
