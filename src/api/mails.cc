#include "core/mails.h"

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "api/code_drafts.h"
#include "core/shapes.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

constexpr std::size_t kMostMails = 20;

}  // namespace

Result<Response> CodeMail(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(MaybeBodyOf(request));
    Binder binder(body);
    const std::string words = binder.MaybeText("message").value_or("");
    TRY(binder.Finish());
    const Mail mail = TRY(SendInvitation(permit, world, ScopeOf(*request.actor, world),
                                         CodeIdOf(request), words, world.config.mail_language));
    return Tell(202, "The " + std::string(NameOf(mail.kind)) + " is on its way", MailJson(mail));
}

Result<Response> CodeMails(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(TakeNothing(request));
    Listed list;
    for (const Mail& mail :
         TRY(MailsOf(permit, world, ScopeOf(*request.actor, world), CodeIdOf(request), kMostMails)))
        list.shapes.push_back(MailJson(mail));
    return ShowList(request, world, list);
}

}  // namespace ostiary::api
