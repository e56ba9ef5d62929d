#pragma once

// What is told once, on the next page, after something was done. It travels in a cookie that only
// we can write and read, for two minutes at most.

#include <optional>
#include <string>

#include "core/world.h"
#include "http/message.h"
#include "pages/words.h"

namespace ostiary::pages {

struct Notice {
    NoticeKind kind;
    std::string subject;
    std::optional<std::string> undo = {};  // where a form is sent to take it back
};

// Whether a script asks, which shows a part of the page or looks whether it has changed.
bool IsByScript(const Request&);

void Tell(Response&, World&, const Notice&);
// Nothing when it is a script that asks: it shows a part of the page, and the notice waits for the
// page that the person is led to.
std::optional<Notice> ToldTo(const Request&, const World&);
void Forget(Response&);  // once it was shown

// 303 to one of our own pages, where the notice is shown.
Response SeeOtherAndTell(World&, std::string location, NoticeKind, std::string_view subject = {});

// 303 to where it was asked from; the notice there says why it was refused.
Response SeeOtherAndRefuse(World&, std::string location, const Error&);

// Where a form wants to lead afterwards, if that is a path of ours.
std::string NextOr(const Fields& form, std::string_view otherwise);

}  // namespace ostiary::pages
