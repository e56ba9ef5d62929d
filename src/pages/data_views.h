#pragma once

// What the browser of raw data shows (ADM-6). Every page is made of a table's declaration.

#include <optional>
#include <string>
#include <vector>

#include "core/raw_data.h"
#include "pages/views.h"

namespace ostiary::pages {

struct DataHomePage {  // data/tables
    std::vector<const RawTable*> tables;
};
struct DataTablePage {  // data/list
    const RawTable* table;
    RawQuestion question;
    RawListing listing;
};
struct DataRowPage {  // data/row
    const RawTable* table;
    RawRecord record;
    Fields typed;
    std::optional<Error> error;
};
struct DataNewPage {  // data/new
    const RawTable* table;
    Fields typed;
    std::optional<Error> error;
};
struct DataAskPage {  // data/ask
    const RawTable* table;
    RawRecord record;
};

View ViewOf(const Scene&, const DataHomePage&);
View ViewOf(const Scene&, const DataTablePage&);
View ViewOf(const Scene&, const DataRowPage&);
View ViewOf(const Scene&, const DataNewPage&);
View ViewOf(const Scene&, const DataAskPage&);

std::string TablePath(const RawTable&);
std::string RowPath(const RawTable&, std::string_view address);

// What a row's form holds before anybody typed.
Fields FieldsOf(const Scene&, const RawTable&, const RawRecord&);

}  // namespace ostiary::pages
