#pragma once

// Inviting a list of people: the form, what will come of it, and what came of it (BULK-3).

#include <optional>
#include <string>
#include <vector>

#include "core/invite_list.h"
#include "core/quotas.h"
#include "core/templates.h"
#include "http/message.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct InvitePage {  // codes/invite
    Fields typed;
    std::vector<Template> templates;
    std::optional<Code> like;  // of latecomers: what the others were invited to
    std::optional<Error> error;
    std::optional<QuotaLeft> quota = {};
};
struct InviteAskPage {  // codes/invite_ask
    Fields typed;
    InviteeList list;
    InviteOutcome outcome;
};
struct InvitedPage {  // codes/invited
    std::string batch;
    std::vector<Invited> people;
    std::string words = {};  // typed, and not sent
    std::optional<Error> error = {};
};

View ViewOf(const Scene&, const InvitePage&);
View ViewOf(const Scene&, const InviteAskPage&);
View ViewOf(const Scene&, const InvitedPage&);

// {codes}invite/, and the same for latecomers to a batch.
std::string InvitePath(const Portal&, std::string_view batch = "");

}  // namespace ostiary::pages
