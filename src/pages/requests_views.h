#pragma once

// What the pages about people who ask for an invitation show.

#include <optional>
#include <string>
#include <vector>

#include "core/requests.h"
#include "core/templates.h"
#include "pages/samples.h"
#include "pages/views.h"

namespace ostiary::pages {

struct RequestFormPage {  // requests/ask
    Fields typed;
    std::optional<Error> error;
    bool is_asked = false;  // and not whether there was one of this address already
};
struct RequestPage {  // requests/detail
    InvitationRequest request;
    std::vector<Template> templates;
    bool has_account = false;  // known to those who may look at people
    Fields accept, decline;    // as typed, or as proposed
    std::optional<Error> error;
    std::string form = "accept";  // to which the error belongs
};
View ViewOf(const Scene&, const RequestFormPage&);
View ViewOf(const Scene&, const RequestPage&);

std::string ApprovalsPath(const Portal&);  // "/admin/approvals/"
std::string ApprovalsTitle(const Portal&);
// One request as a row: ASKER, REQUEST_URL, and what goes with it.
void SetRequest(View&, const Scene&, const InvitationRequest&);

std::vector<Sample> RequestSamples(const std::string& words, Millis now);

}  // namespace ostiary::pages
