#include <fmt/format.h>

#include "api/scim.h"
#include "api/scim_answers.h"
#include "api/scim_patch.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;
using scim::Found;
using scim::Question;
using scim::UserType;

// What no index finds is looked for one by one, up to here.
constexpr std::size_t kMostLookedAt = 20'000, kMostKept = 5000, kReadTogether = 500;

Error TooMany(std::string_view what) {
    return scim::Refused("tooMany",
                         fmt::format("There are too many to {}; ask for userName, externalId, id, "
                                     "emails.value or displayName eq something",
                                     what));
}

// Everybody who fits is counted, and those of the page, or all that are to be sorted, are kept.
Result<Found> WalkPeople(Permit<kScim> permit, World& world, const Question& question) {
    const scim::Projection projection =
        scim::ReadProjection(UserType(), question.attributes, question.excluded_attributes);
    const bool sorts = !question.sort_by.empty();
    Found found;
    std::vector<json::object> kept;
    std::string after;
    std::size_t looked_at = 0, read = kReadTogether;
    while (read == kReadTogether) {
        const auto people = ListScimPeople(permit, world, after, 0, kReadTogether);
        read = people.size();
        looked_at += read;
        if (looked_at > kMostLookedAt) return TooMany("look at them all");
        for (const ScimPerson& person : people) {
            after = person.row.id;
            json::object resource = scim::UserResource(world, person);
            if (question.filter && !scim::Fits(UserType(), resource, *question.filter)) continue;
            ++found.total;
            const auto position = static_cast<std::size_t>(found.total);
            const bool is_of_page =
                position >= question.start_index && found.resources.size() < question.count;
            if (sorts)
                kept.push_back(std::move(resource));
            else if (is_of_page)
                found.resources.push_back(scim::Project(projection, std::move(resource)));
            if (kept.size() > kMostKept) return TooMany("sort them");
        }
    }
    return sorts ? scim::PageOf(UserType(), question, std::move(kept)) : std::move(found);
}

Result<Found> FindUsers(Permit<kScim> permit, World& world, const Question& question) {
    if (question.filter) TRY(scim::CheckFilter(UserType(), *question.filter));
    if (question.filter) {
        const auto lookup = scim::LookupIn(UserType(), *question.filter);
        if (!lookup) return WalkPeople(permit, world, question);
        std::vector<json::object> fitting;
        for (const ScimPerson& person : FindScimPeople(permit, world, *lookup)) {
            json::object resource = scim::UserResource(world, person);
            if (scim::Fits(UserType(), resource, *question.filter))
                fitting.push_back(std::move(resource));
        }
        return scim::PageOf(UserType(), question, std::move(fitting));
    }
    if (!question.sort_by.empty()) return WalkPeople(permit, world, question);
    Found found;
    found.total = CountScimPeople(permit, world);
    const scim::Projection projection =
        scim::ReadProjection(UserType(), question.attributes, question.excluded_attributes);
    if (question.count > 0)
        for (const ScimPerson& person :
             ListScimPeople(permit, world, "", question.start_index - 1, question.count))
            found.resources.push_back(scim::Project(projection, scim::UserResource(world, person)));
    return found;
}

// The address says who; If-Match, of which version.
Result<Response> Change(const Request& request, World& world, const ScimChange& change) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const ScimPerson person = TRY(ChangeScimPerson(
        permit, world, request.PathValue("id"), [&](const ScimPerson& before) -> Result<ScimWish> {
            TRY(scim::CheckIfMatch(request, scim::UserResource(world, before)));
            return change(before);
        }));
    return scim::ShowResource(request, UserType(), 200, scim::UserResource(world, person));
}

}  // namespace

Result<Response> ScimUserList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const Question question = TRY(scim::QuestionOf(request));
    return scim::ShowFound(question, TRY(FindUsers(permit, world, question)));
}

Result<Response> ScimUserSearch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const Question question = TRY(scim::SearchOf(request));
    return scim::ShowFound(question, TRY(FindUsers(permit, world, question)));
}

Result<Response> ScimUserCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const json::object said = TRY(scim::ReadResource(UserType(), TRY(scim::BodyOf(request))));
    const ScimWish wish = TRY(scim::WishOf(said, scim::Said::kNew));
    const ScimPerson person = TRY(CreateScimPerson(permit, world, wish));
    return scim::ShowResource(request, UserType(), 201, scim::UserResource(world, person));
}

Result<Response> ScimUserGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    const ScimPerson person = TRY(GetScimPerson(permit, world, request.PathValue("id")));
    return scim::ShowResource(request, UserType(), 200, scim::UserResource(world, person));
}

Result<Response> ScimUserPut(const Request& request, World& world) {
    const json::object said = TRY(scim::ReadResource(UserType(), TRY(scim::BodyOf(request))));
    return Change(request, world,
                  [&](const ScimPerson&) { return scim::WishOf(said, scim::Said::kWhole); });
}

Result<Response> ScimUserPatch(const Request& request, World& world) {
    const auto operations = TRY(scim::ReadOperations(TRY(scim::BodyOf(request))));
    return Change(request, world, [&](const ScimPerson& before) -> Result<ScimWish> {
        json::object resource = scim::WritableOf(before, world.clock.Now());
        TRY(scim::Apply(UserType(), operations, resource));
        return scim::WishOf(resource, scim::Said::kWhole);
    });
}

Result<Response> ScimUserDelete(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kScim>());
    TRY(DeleteScimPerson(permit, world, request.PathValue("id"), [&](const ScimPerson& person) {
        return scim::CheckIfMatch(request, scim::UserResource(world, person));
    }));
    return scim::NoContent();
}

}  // namespace ostiary::api
