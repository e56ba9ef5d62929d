// Inviting a list of people with one call (BULK-3).

#include <boost/json.hpp>

#include "api/answers.h"
#include "api/api.h"
#include "api/code_drafts.h"
#include "core/accounts.h"
#include "core/invite_list.h"
#include "http/json_body.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

// Each entry is one address, with or without a name.
Result<std::vector<Invitee>> PeopleOf(Binder& binder) {
    std::vector<Invitee> people;
    for (const std::string& entry :
         binder.MaybeTexts("people").value_or(std::vector<std::string>{})) {
        InviteeList read = ReadInvitees(entry);
        if (read.people.size() != 1 || !read.odd.empty())
            return InvalidFields({{"people", "people.invalid",
                                   Say("“{}” is no address; write ann@example.org or Ann "
                                       "<ann@example.org>",
                                       entry)}});
        people.push_back(std::move(read.people.front()));
    }
    return people;
}

json::object ShapeOf(const InviteOutcome& outcome) {
    json::array invited, skipped;
    for (const Invitee& person : outcome.invited) invited.emplace_back(person.email);
    for (const SparedInvitee& spared : outcome.spared)
        skipped.push_back({{"email", spared.person.email},
                           {"reason", spared.reason},
                           {"details", static_cast<const std::string&>(spared.sentence)}});
    json::object shape;
    shape["batch"] = outcome.batch.empty() ? json::value(nullptr) : json::value(outcome.batch);
    shape["invited"] = std::move(invited);
    shape["skipped"] = std::move(skipped);
    shape["mailed"] = outcome.is_mailed;
    return shape;
}

}  // namespace

Result<Response> CodesInvite(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    InviteRequest invitation;
    auto people = PeopleOf(binder);
    invitation.words = binder.MaybeText("message").value_or("");
    invitation.batch = binder.MaybeText("batch").value_or("");
    const bool is_dry = binder.MaybeFlag("dry_run").value_or(false);
    invitation.model = BindModel(binder);
    TRY(binder.Finish());
    if (!people.ok()) return people.error();
    invitation.people = std::move(people).value();
    invitation.language = world.config.mail_language;
    if (invitation.model.max_uses && *invitation.model.max_uses != "1")
        return InvalidFields({{"max_uses", "max_uses.one",
                               "An invitation is for one person, once; leave max_uses out"}});
    const DoorRules rules = ApiRules(*request.actor, world);
    const auto outcome = TRY(is_dry ? PreviewInvitations(permit, world, rules, invitation)
                                    : InvitePeople(permit, world, rules, invitation));
    const std::string count = std::to_string(outcome.invited.size());
    return is_dry ? Tell(200, "Would invite " + count, json::serialize(ShapeOf(outcome)))
                  : Tell(201, "Invited " + count, json::serialize(ShapeOf(outcome)));
}

}  // namespace ostiary::api
