// ostiary request …

#include "core/requests.h"

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/paging.h"
#include "cli/table.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

const Option kWhich{"NUMBER", "NUMBER", "The number of the request", Takes::kRequired};

Result<RequestId> Which(Call& call) {
    const auto id = ParseInt(call.given.Get("NUMBER"));
    if (!id) return WrongUsage("NUMBER is the number of a request, as the list has it");
    return *id;
}

Result<RequestState> StateOf(const Arguments& given) {
    const std::string asked = given.Find("--state").value_or("open");
    for (const auto one : {RequestState::kOpen, RequestState::kAccepted, RequestState::kDeclined})
        if (NameOf(one) == asked) return one;
    return WrongUsage("--state must be open, accepted or declined");
}

Result<void> List(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    RequestQuery query { CodeScope::All(), TRY(StateOf(call.given)) };
    const auto found = TRY(ReadPages<InvitationRequest>(
        call,
        [&](const std::string& cursor, std::size_t size) -> Result<PageOf<InvitationRequest>> {
            query.cursor = ParseInt(cursor).value_or(0);
            query.page_size = size + 1;
            PageOf<InvitationRequest> page {
                TRY(ListRequests(permit, call.world(), query))
                , ""
            };
            if (page.rows.size() > size) {
                page.rows.pop_back();
                page.next = std::to_string(page.rows.back().id);
            }
            return page;
        }));
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    for (const InvitationRequest& one : found.rows) {
        shapes.push_back(RequestJson(one));
        rows.push_back({std::to_string(one.id), one.email, one.name, one.task_group,
                        FormatRfc3339(one.asked_at), one.decided_by});
    }
    PrintList(call, {"NUMBER", "EMAIL", "NAME", "TASK GROUP", "ASKED", "DECIDED BY"}, rows, shapes,
              found.next);
    return {};
}

Result<void> Show(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    const InvitationRequest one =
        TRY(GetRequest(permit, call.world(), CodeScope::All(), TRY(Which(call))));
    if (call.AsJson()) {
        call.Say(RequestJson(one));
        return {};
    }
    PrintFacts(call.terminal.out, {{"Number", std::to_string(one.id)},
                                   {"State", std::string(NameOf(one.state))},
                                   {"Email", one.email},
                                   {"Name", one.name},
                                   {"Task group", one.task_group},
                                   {"Why", one.words},
                                   {"Asked", FormatRfc3339(one.asked_at)},
                                   {"Times", std::to_string(one.times_asked)},
                                   {"Decided by", one.decided_by},
                                   {"Reason", one.reason}});
    return {};
}

Result<void> Accept(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const RequestId id = TRY(Which(call));
    CodeDraft draft;
    draft.template_name = call.given.Find("--template");
    draft.role = call.given.Find("--role");
    draft.task_group = call.given.Find("--task-group");
    const DoorRules rules{CodeScope::All(), UsedCodes::kOpen, LabelRule::kOptional};
    const AcceptedRequest done =
        TRY(AcceptRequest(permit, call.world(), rules, id, draft, call.given.Get("--message")));
    if (call.AsJson()) {
        call.Say(CodeJson(call.config, done.code, call.world().clock.Now(), Secrets::kShown));
        return {};
    }
    call.Say(done.is_mailed ? "Accepted; the invitation is on its way to " + done.request.email
                            : "Accepted; hand this link to " + done.request.email);
    if (!done.is_mailed) call.Say(RegistrationUrl(call.config, done.code));
    return {};
}

Result<void> Decline(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const RequestId id = TRY(Which(call));
    const TellAsker tell = call.given.Has("--mail") ? TellAsker::kYes : TellAsker::kNo;
    const InvitationRequest one = TRY(DeclineRequest(permit, call.world(), CodeScope::All(), id,
                                                     call.given.Get("--reason"), tell));
    call.Say(call.AsJson() ? RequestJson(one) : "Declined: " + one.email);
    return {};
}

}  // namespace

std::vector<Command> RequestCommands() {
    std::vector<Option> list = {{"--state", "STATE", "open (unless given), accepted or declined"}};
    AddPaging(list);
    return {
        {.noun = "request",
         .verb = "list",
         .about = "List who asks for an invitation",
         .options = std::move(list),
         .prints = Prints::kData,
         .run = List},
        {.noun = "request",
         .verb = "show",
         .about = "Show everything about a request",
         .options = {kWhich},
         .prints = Prints::kData,
         .run = Show},
        {.noun = "request",
         .verb = "accept",
         .about = "Make a code for whoever asked, and mail it where mails are sent",
         .options = {kWhich,
                     {"--template", "NAME", "Made from this one; requests.template unless given"},
                     {"--role", "ROLE", "What the template leaves open, or something else"},
                     {"--task-group", "GROUP", "The one that was asked for unless given"},
                     {"--message", "TEXT", "A few words that stand in the mail"}},
         .prints = Prints::kData,
         .example = "request accept 7 --template \"New Employee\"",
         .run = Accept},
        {.noun = "request",
         .verb = "decline",
         .about = "Decide against a request",
         .options = {kWhich,
                     {"--reason", "TEXT", "Kept with the request"},
                     {"--mail", "", "Tell whoever asked by mail", Takes::kSwitch}},
         .prints = Prints::kData,
         .run = Decline},
    };
}

}  // namespace ostiary::cli
