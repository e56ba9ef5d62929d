// Roles and task groups: everybody has one of each, so whoever is added to one leaves another, and
// whoever is removed from one is in the default one.

#include <fmt/format.h>

#include <algorithm>

#include "api/scim.h"
#include "api/scim_answers.h"
#include "api/scim_patch.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;
using scim::Group;
using scim::GroupType;
using scim::Operation;
using scim::Question;
using scim::Refused;

constexpr std::size_t kReadTogether = 500, kMostLookedAt = 20'000;

Error Fixed() {
    return Refused("fixed",
                   "Groups are the roles and task groups of the configuration; they are neither "
                   "made, renamed nor deleted over SCIM",
                   ErrorKind::kForbidden);
}

Result<Group> GroupAt(const Request& request, const World& world) {
    for (Group& group : scim::GroupsOf(world.config.catalogue))
        if (group.id() == request.PathValue("id")) return group;
    return Refused("unknown", "There is no group with this id", ErrorKind::kNotFound);
}

// Everybody once, for all groups at once.
Result<std::vector<ScimPerson>> Everybody(Permit<kScim> permit, World& world) {
    std::vector<ScimPerson> everybody;
    for (std::size_t read = kReadTogether; read == kReadTogether;) {
        auto people = ListScimPeople(
            permit, world, everybody.empty() ? "" : everybody.back().row.id, 0, kReadTogether);
        read = people.size();
        for (ScimPerson& person : people) everybody.push_back(std::move(person));
        if (everybody.size() > kMostLookedAt)
            return Refused("tooMany",
                           "These are too many members; ask with excludedAttributes=members");
    }
    return everybody;
}

std::vector<ScimPerson> MembersOf(const Group& group, const std::vector<ScimPerson>& everybody) {
    std::vector<ScimPerson> members;
    for (const ScimPerson& person : everybody)
        if (group.Has(person)) members.push_back(person);
    return members;
}

bool AsksForMembers(const scim::Filter& filter) {
    return scim::SameName(filter.path.name, "members") ||
           std::ranges::any_of(filter.parts, AsksForMembers);
}

Result<scim::Found> FindGroups(Permit<kScim> permit, World& world, const Question& question) {
    if (question.filter) TRY(scim::CheckFilter(GroupType(), *question.filter));
    const scim::Projection projection =
        scim::ReadProjection(GroupType(), question.attributes, question.excluded_attributes);
    const bool needs_members =
        projection.Tells("members") || (question.filter && AsksForMembers(*question.filter));
    std::vector<ScimPerson> everybody;
    if (needs_members && question.count > 0) everybody = TRY(Everybody(permit, world));
    std::vector<json::object> fitting;
    for (const Group& group : scim::GroupsOf(world.config.catalogue)) {
        json::object resource = scim::GroupResource(world, group, MembersOf(group, everybody));
        // Without the members it is no version of the group.
        if (!needs_members) resource["meta"].get_object().erase("version");
        if (!question.filter || scim::Fits(GroupType(), resource, *question.filter))
            fitting.push_back(std::move(resource));
    }
    return scim::PageOf(GroupType(), question, std::move(fitting));
}

Result<json::object> WholeGroup(Permit<kScim> permit, World& world, const Group& group) {
    return scim::GroupResource(world, group, MembersOf(group, TRY(Everybody(permit, world))));
}

// Who shall be in a group and who shall not, as the operations say it one after the other.
class Membership {
public:
    Membership(Permit<kScim> permit, World& world, const Group& group)
        : permit_(permit), world_(world), group_(group) {}

    Result<void> Do(const Operation& operation) {
        if (operation.path.empty()) return WithoutPath(operation);
        const scim::Target target = TRY(scim::ParseTarget(operation.path));
        const auto place = scim::FindPlace(GroupType(), target.path);
        if (!place || !place->attribute)
            return Refused("invalidPath", fmt::format("There is no attribute {}", operation.path));
        return At(*place, target, operation);
    }

    Result<void> Replace(const json::value& members) {
        TRY(Clear());
        return Set(members, true);
    }

    // Changes everybody of whom something was said, or nobody.
    Result<void> Carry() {
        return TogetherOverScim(permit_, world_, [&](World& inner) -> Result<void> {
            for (const auto& [id, is_member] : said_) TRY(CarryOne(inner, id, is_member));
            return {};
        });
    }

private:
    Result<void> WithoutPath(const Operation& operation) {
        if (operation.kind == Operation::Kind::kRemove)
            return Refused("noTarget", "To remove somebody, name members in path");
        const json::object* said = operation.value.if_object();
        if (!said) return Refused("invalidValue", "Without a path, value must be an object");
        for (const auto& [key, value] : *said) {
            const auto target = scim::ParseTarget(key);
            const auto place = target.ok() ? scim::FindPlace(GroupType(), target->path)
                                           : std::optional<scim::Place>{};
            if (!place || !place->attribute) continue;
            const bool is_name = place->attribute->name == "displayName";
            if (!is_name && place->attribute->name != "members") continue;
            TRY(At(*place, target.value(), {operation.kind, std::string(key), value}));
        }
        return {};
    }

    Result<void> At(const scim::Place& place, const scim::Target& target,
                    const Operation& operation) {
        if (place.attribute->name == "displayName") return Rename(operation);
        if (place.attribute->name == "externalId") return {};  // the directory's affair
        if (place.attribute->name != "members")
            return Refused("mutability",
                           fmt::format("{} cannot be changed", place.attribute->name));
        if (!target.filter.empty()) return Chosen(target.filter.front(), operation);
        switch (operation.kind) {
            case Operation::Kind::kAdd: return Set(operation.value, true);
            case Operation::Kind::kReplace: return Replace(operation.value);
            case Operation::Kind::kRemove: break;
        }
        const json::array* some = operation.value.if_array();
        const bool is_all = operation.value.is_null() || (some && some->empty());
        return is_all ? Clear() : Set(operation.value, false);
    }

    // Saying what it is called already changes nothing.
    Result<void> Rename(const Operation& operation) const {
        const json::string* name = operation.value.if_string();
        if (name && scim::SameName(*name, group_.label)) return {};
        return Refused("mutability", "Groups are called as the configuration says");
    }

    Result<void> Set(const json::value& members, bool is_member) {
        const scim::Attribute& attribute = *GroupType().schemas.front()->Find("members");
        const json::value read = TRY(scim::ReadValue(attribute, "members", members));
        for (const json::value& one : read.get_array()) {
            const json::value* id = one.get_object().if_contains("value");
            if (!id) return Refused("invalidValue", "Every member has a value: the id of a person");
            said_[std::string(id->get_string())] = is_member;
        }
        return {};
    }

    Result<void> Clear() {
        for (auto& [id, is_member] : said_) is_member = false;
        for (const ScimPerson& person : TRY(Current())) said_[person.row.id] = false;
        return {};
    }

    Result<std::vector<ScimPerson>> Current() {
        return MembersOf(group_, TRY(Everybody(permit_, world_)));
    }

    // members[value eq "…"]
    Result<void> Chosen(const scim::Filter& filter, const Operation& operation) {
        const scim::Attribute& attribute = *GroupType().schemas.front()->Find("members");
        TRY(scim::CheckWithin(attribute, filter));
        if (operation.kind != Operation::Kind::kRemove)
            return Refused("invalidPath",
                           "Members are added with their ids, and removed by filter");
        for (const ScimPerson& person : TRY(Current())) {
            const json::value one = json::object{
                {"value", person.row.id}, {"display", ScimUserNameOf(person)}, {"type", "User"}};
            if (scim::FitsWithin(attribute, one, filter)) said_[person.row.id] = false;
        }
        return {};
    }

    Result<void> CarryOne(World& inner, const std::string& id, bool is_member) {
        const Catalogue& catalogue = world_.config.catalogue;
        auto changed =
            ChangeScimPerson(permit_, inner, id, [&](const ScimPerson& person) -> Result<ScimWish> {
                ScimWish wish;
                const bool is_role = group_.of == Group::Of::kRole;
                std::optional<std::string>& place = is_role ? wish.role : wish.task_group;
                if (is_member) place = group_.name;
                if (!is_member && group_.Has(person))
                    place = is_role ? catalogue.default_role : catalogue.default_task_group;
                return wish;
            });
        if (changed.ok()) return {};
        if (changed.error().kind != ErrorKind::kNotFound) return changed.error();
        if (!is_member) return {};  // whoever is gone is no member
        return Refused("invalidValue", fmt::format("There is nobody with the id {}", id));
    }

    Permit<kScim> permit_;
    World& world_;
    const Group& group_;
    std::map<std::string, bool> said_;
};

// The same question about everything up to the end of the page.
std::string SearchBody(const Question& question, std::size_t count) {
    const bool is_up = question.sort_order == scim::SortOrder::kAscending;
    return json::serialize(json::object{{"filter", question.filter_text},
                                        {"sortBy", question.sort_by},
                                        {"sortOrder", is_up ? "ascending" : "descending"},
                                        {"startIndex", 1},
                                        {"count", count},
                                        {"attributes", question.attributes},
                                        {"excludedAttributes", question.excluded_attributes}});
}

}  // namespace

Result<Response> ScimGroupList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const Question question = TRY(scim::QuestionOf(request));
    return scim::ShowFound(question, TRY(FindGroups(permit, world, question)));
}

Result<Response> ScimGroupSearch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const Question question = TRY(scim::SearchOf(request));
    return scim::ShowFound(question, TRY(FindGroups(permit, world, question)));
}

Result<Response> ScimGroupCreate(const Request& request, World& world) {
    TRY(request.actor->Ask<kScim>());
    const json::object body = TRY(scim::BodyOf(request));
    const json::value* name = scim::Member(body, "displayName");
    if (!name || !name->is_string()) return Refused("invalidValue", "A group has a displayName");
    const std::string called = Fold(std::string(name->get_string()));
    for (const Group& group : scim::GroupsOf(world.config.catalogue))
        if (Fold(group.label) == called)
            return Refused("uniqueness",
                           fmt::format("There is such a group already, with the id {}; link to it",
                                       group.id()),
                           ErrorKind::kConflict);
    return Fixed();
}

Result<Response> ScimGroupGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const Group group = TRY(GroupAt(request, world));
    const scim::Projection projection = scim::ProjectionOf(request, GroupType());
    if (!projection.Tells("members"))  // nobody is read, so there is no version either
        return scim::Show(200, scim::Project(projection, [&] {
                              json::object resource = scim::GroupResource(world, group, {});
                              resource["meta"].get_object().erase("version");
                              return resource;
                          }()));
    return scim::ShowResource(request, GroupType(), 200, TRY(WholeGroup(permit, world, group)));
}

Result<Response> ScimGroupPut(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const Group group = TRY(GroupAt(request, world));
    const json::object body = TRY(scim::BodyOf(request));
    Membership membership(permit, world, group);
    if (const json::value* name = scim::Member(body, "displayName"))
        TRY(membership.Do({Operation::Kind::kReplace, "displayName", *name}));
    if (!request.HeaderValue("if-match").empty())
        TRY(scim::CheckIfMatch(request, TRY(WholeGroup(permit, world, group))));
    if (const json::value* members = scim::Member(body, "members"))
        TRY(membership.Replace(members->is_null() ? json::value(json::array{}) : *members));
    TRY(membership.Carry());
    return scim::ShowResource(request, GroupType(), 200, TRY(WholeGroup(permit, world, group)));
}

Result<Response> ScimGroupPatch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const Group group = TRY(GroupAt(request, world));
    const auto operations = TRY(scim::ReadOperations(TRY(scim::BodyOf(request))));
    if (!request.HeaderValue("if-match").empty())
        TRY(scim::CheckIfMatch(request, TRY(WholeGroup(permit, world, group))));
    Membership membership(permit, world, group);
    for (const Operation& operation : operations) TRY(membership.Do(operation));
    TRY(membership.Carry());
    return scim::NoContent();
}

Result<Response> ScimGroupDelete(const Request& request, World& world) {
    TRY(request.actor->Ask<kScim>());
    TRY(GroupAt(request, world));
    return Fixed();
}

Result<Response> ScimSearch(const Request& request, World& world) {
    TRY(request.actor->Ask<kScim>());
    const Question question = TRY(scim::SearchOf(request));
    const std::size_t end = question.start_index - 1 + question.count;
    if (end > scim::kLargestPage)
        return Refused("tooMany", fmt::format("Both are searched together up to the {}th; ask "
                                              "/Users/.search and /Groups/.search for more",
                                              scim::kLargestPage));
    // People first, then groups; an attribute that one of them does not have finds none of those.
    Request inner = request;
    std::vector<json::object> both;
    std::int64_t total = 0;
    bool is_known = false;
    Error last = Refused("invalidFilter", "Nothing has these attributes");
    for (const auto search : {&ScimUserSearch, &ScimGroupSearch}) {
        inner.body = SearchBody(question, end);
        const auto found = search(inner, world);
        if (!found.ok()) {
            if (found.error().reason != "scim.invalidFilter" &&
                found.error().reason != "scim.invalidPath")
                return found.error();
            last = found.error();
            continue;
        }
        is_known = true;
        const json::value list = json::parse(found->body);
        total += list.at("totalResults").to_number<std::int64_t>();
        for (const json::value& one : list.at("Resources").as_array())
            both.push_back(one.as_object());
    }
    if (!is_known) return last;
    scim::Found found;
    found.total = total;
    for (std::size_t i = question.start_index - 1;
         i < both.size() && found.resources.size() < question.count; ++i)
        found.resources.push_back(std::move(both[i]));
    return scim::ShowFound(question, found);
}

}  // namespace ostiary::api
