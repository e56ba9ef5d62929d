#pragma once

// What the pages about codes show, as values; each becomes the view of the template of the same
// name.

#include <optional>
#include <vector>

#include "core/codes.h"
#include "http/message.h"
#include "pages/codes_form.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct CodesListPage {  // codes/list
    CodeQuery query;
    CodePage page;
};
struct CodeCreatePage {  // codes/create
    Fields typed;
    std::vector<Aircraft> fleet;
    std::optional<Error> error;
};
struct CodeDetailPage {  // codes/detail
    Code code;
    std::vector<Redemption> redemptions;
    std::vector<Event> history;
    std::vector<Aircraft> fleet;
    Fields typed;  // of the form: the code's own, or what was refused
    std::optional<Error> error;
    std::vector<Difference> differences;  // when somebody else saved meanwhile
};
enum class Asked : std::uint8_t { kSwitchOff, kDelete, kReject };
struct CodeAskPage {  // codes/ask
    Code code;
    Asked asked;
};
struct CodeRenewPage {  // codes/renew
    Code code;
    Fields typed;
    std::optional<Error> error;
};
struct CodeQrPage {  // codes/qr
    Code code;
};

struct CodeExplainPage {  // codes/explain
    std::string typed;
    std::optional<Explanation> answer;
};

View ViewOf(const Scene&, const CodesListPage&);
View ViewOf(const Scene&, const CodeCreatePage&);
View ViewOf(const Scene&, const CodeDetailPage&);
View ViewOf(const Scene&, const CodeAskPage&);
View ViewOf(const Scene&, const CodeRenewPage&);
View ViewOf(const Scene&, const CodeQrPage&);
View ViewOf(const Scene&, const CodeExplainPage&);

// The filters of the list as they stand in its address.
CodeQuery QueryOf(const Fields&);

// Sets QR_BOX and QR_PATH: the width with two quiet modules on each side, and the dark modules.
void SetQr(View&, std::string_view text);

}  // namespace ostiary::pages
