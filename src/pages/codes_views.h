#pragma once

// What the pages about codes show, as values; each becomes the view of the template of the same
// name.

#include <optional>
#include <vector>

#include "core/codes.h"
#include "core/codes_bulk.h"
#include "core/mails_model.h"
#include "core/quotas.h"
#include "core/saved_views.h"
#include "core/visits.h"
#include "http/message.h"
#include "pages/codes_form.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct CodesListPage {  // codes/list
    CodeQuery query;
    CodePage page;
    std::int64_t first = 1;  // the position of the page's first code, as its address says
    std::vector<SavedView> views = {};
};
// What is asked before many codes are changed.
struct BulkAskPage {  // codes/bulk
    BulkDeed deed;
    CodeChoice choice;
    BulkOutcome outcome;
    Fields typed;
    std::optional<Error> error;
};
struct CodeCreatePage {  // codes/create
    Fields typed;
    std::vector<Aircraft> fleet;
    std::optional<Error> error;
    std::vector<Template> templates = {};
    std::optional<QuotaLeft> quota = {};
};
struct BatchAskPage {  // codes/batch_ask
    Code code;         // what each of them will be
    std::int64_t count = 0;
    Fields typed;
    std::optional<QuotaLeft> quota = {};
};
struct BatchPage {  // codes/batch
    std::string batch;
    Code first;
    std::int64_t codes = 0, used = 0, people = 0;
    std::string links = {};  // one in a line, of those whose link the person may know
    bool too_many_links = false;
};
struct SheetPage {  // codes/sheet
    std::string batch;
    CodePage page;
    std::int64_t first = 1;
};
struct CodeDetailPage {  // codes/detail
    Code code;
    std::vector<Redemption> redemptions;
    std::vector<Event> history;
    std::vector<Aircraft> fleet;
    Fields typed;  // of the form: the code's own, or what was refused
    std::optional<Error> error;
    std::vector<Difference> differences;  // when somebody else saved meanwhile
    std::vector<Mail> mails = {};         // of its invitation, newest first
    std::string mail_words = {};          // typed, and not sent
    Funnel funnel = {};
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
struct CodeExtendPage {  // codes/extend
    Code code;
};
struct CodeQrPage {  // codes/qr
    Code code;
};

struct CodeExplainPage {  // codes/explain
    std::string typed;
    std::optional<Explanation> answer;
};

View ViewOf(const Scene&, const CodesListPage&);
View ViewOf(const Scene&, const BulkAskPage&);
View ViewOf(const Scene&, const CodeCreatePage&);
View ViewOf(const Scene&, const BatchAskPage&);
View ViewOf(const Scene&, const BatchPage&);
View ViewOf(const Scene&, const SheetPage&);
View ViewOf(const Scene&, const CodeDetailPage&);
View ViewOf(const Scene&, const CodeAskPage&);
View ViewOf(const Scene&, const CodeRenewPage&);
View ViewOf(const Scene&, const CodeExtendPage&);
View ViewOf(const Scene&, const CodeQrPage&);
View ViewOf(const Scene&, const CodeExplainPage&);

// The filters of the list as they stand in its address.
CodeQuery QueryOf(const Fields&);
// The same as an address has it, without the page: "search=spring&role=staff"; and the whole
// address.
std::string QueryTextOf(const CodeQuery&);
std::string ListAddress(const Portal&, const CodeQuery&);
// The filters that are set, as people call them.
std::vector<std::string> FilterWords(const Scene&, const CodeQuery&);
// CHOICE_FIELDS: the filters as hidden fields of a form.
void AddChoiceFields(View&, const CodeQuery&);
// The one that was made first, of those that are seen here; kNotFound batch.unknown.
Result<Code> FirstOfBatch(const Request&, World&, std::string_view batch);
// {codes}batches/{batch}/
std::string BatchPath(const Portal&, std::string_view batch);
// What an action is called in forms: "deactivate".
std::string_view ActionOf(BulkDeed);

// How the uses came over time: CHART_PATH of bars in a box of 240 × 48, its two ends, and in words
// how many came and when. Of the code's uses those are given that are known.
void SetUsesChart(View&, const Scene&, const Code&, const std::vector<Redemption>&);

// Sets QR_BOX and QR_PATH: the width with two quiet modules on each side, and the dark modules.
void SetQr(View&, std::string_view text);

}  // namespace ostiary::pages
