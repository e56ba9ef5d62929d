#include "pages/render.h"

#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary_interface.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "pages/language.h"
#include "templates.h"
#include "util/failure.h"
#include "util/log.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using ctemplate::TemplateString;

std::string_view Text(const TemplateString& text) { return {text.data(), text.size()}; }

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

// One rendering: which page stands in the layout, and what was asked for in vain.
struct Job {
    std::string content;
    std::vector<std::string> missing;
    std::map<std::string, std::string, std::less<>> parts;  // keeps the names the engine points to
};

// Answers the engine from a view and those around it.
class Scope final : public ctemplate::TemplateDictionaryInterface {
public:
    Scope(const View& view, const Scope* around, Job& job)
        : view_(view), around_(around), job_(job) {}

    TemplateString GetValue(const TemplateString& name) const override {
        const std::string* value = FindValue(Text(name));
        if (value == nullptr) {
            Miss("{{" + std::string(Text(name)) + "}}");
            return TemplateString("");
        }
        return TemplateString(value->data(), value->size());
    }
    bool IsHiddenSection(const TemplateString& name) const override { return !IsShown(Text(name)); }
    bool IsUnhiddenSection(const TemplateString& name) const override {
        return IsShown(Text(name));
    }
    bool IsHiddenTemplate(const TemplateString&) const override { return false; }
    const char* GetIncludeTemplateName(const TemplateString& name, int) const override {
        if (Text(name) == "CONTENT") return job_.content.c_str();
        auto [part, added] = job_.parts.try_emplace(std::string(Text(name)));
        if (added) part->second = "parts/" + LowerAscii(Text(name)) + ".html";
        return part->second.c_str();
    }
    void DumpToString(std::string*, int) const override {}

    Iterator* CreateTemplateIterator(const TemplateString&) const override;
    Iterator* CreateSectionIterator(const TemplateString& name) const override;

private:
    // What the nearest view answers that knows.
    template <class Question>
    auto Nearest(const Question& ask) const -> decltype(ask(std::declval<const View&>())) {
        for (const Scope* scope = this; scope != nullptr; scope = scope->around_)
            if (const auto* found = ask(scope->view_)) return found;
        return nullptr;
    }
    const std::string* FindValue(std::string_view name) const {
        return Nearest([name](const View& view) { return view.FindValue(name); });
    }

    // Nothing if no view knows the name.
    std::optional<bool> Known(std::string_view name) const {
        for (const Scope* scope = this; scope != nullptr; scope = scope->around_) {
            if (const auto* list = scope->view_.FindList(name)) return !list->empty();
            if (const bool* flag = scope->view_.FindFlag(name)) return *flag;
            if (const std::string* value = scope->view_.FindValue(name)) return !value->empty();
        }
        return std::nullopt;
    }

    // Nothing if the name means nothing to any view.
    std::optional<bool> Meaning(std::string_view name) const {
        if (const auto known = Known(name)) return *known;
        if (name.starts_with("HAVE_")) return Known(name.substr(5));
        if (name.starts_with("NO_"))
            if (const auto opposite = Meaning(name.substr(3))) return !*opposite;
        if (const auto is = name.find("_IS_"); is != name.npos)
            if (const std::string* value = FindValue(name.substr(0, is)))
                return EqualIgnoringCase(*value, name.substr(is + 4));
        return std::nullopt;
    }

    bool IsShown(std::string_view name) const {
        if (name.ends_with("_separator")) return false;  // the engine shows these by itself
        const auto meaning = Meaning(name);
        if (!meaning) Miss("{{#" + std::string(name) + "}}");
        return meaning.value_or(false);
    }

    void Miss(std::string what) const {
        if (std::ranges::find(job_.missing, what) == job_.missing.end())
            job_.missing.push_back(std::move(what));
    }

    const View& view_;
    const Scope* around_;
    Job& job_;
};

using Dictionary = ctemplate::TemplateDictionaryInterface;

template <class Base>
class Once final : public Base {
public:
    explicit Once(const Dictionary& scope) : scope_(&scope) {}
    bool HasNext() const override { return scope_ != nullptr; }
    const Dictionary& Next() override { return *std::exchange(scope_, nullptr); }

private:
    const Dictionary* scope_;
};

template <class Base>
class Items final : public Base {
public:
    Items(const std::list<View>& items, const Scope& around, Job& job)
        : next_(items.begin()), end_(items.end()), around_(around), job_(job) {}
    bool HasNext() const override { return next_ != end_; }
    const Dictionary& Next() override { return scope_.emplace(*next_++, &around_, job_); }

private:
    std::list<View>::const_iterator next_, end_;
    const Scope& around_;
    Job& job_;
    std::optional<Scope> scope_;
};

Dictionary::Iterator* Scope::CreateTemplateIterator(const TemplateString&) const {
    return new Once<Iterator>(*this);
}

Dictionary::Iterator* Scope::CreateSectionIterator(const TemplateString& name) const {
    const auto* list = Nearest([name](const View& view) { return view.FindList(Text(name)); });
    if (list == nullptr) return new Once<Iterator>(*this);
    return new Items<Iterator>(*list, *this, job_);
}

ctemplate::Strip StripOf(std::string_view name) {
    return name.ends_with(".html") ? ctemplate::STRIP_BLANK_LINES : ctemplate::DO_NOT_STRIP;
}

std::unique_ptr<const ctemplate::TemplateCache> Parse(std::string_view language) {
    auto made = std::make_unique<ctemplate::TemplateCache>();
    for (const auto& file : templates::kFiles) {
        const std::string name(file.name);
        // Without the last line's end a part can stand within a sentence.
        const std::string text =
            SayTemplate(language, file.text.substr(0, file.text.find_last_not_of('\n') + 1));
        if (!made->StringToTemplateCache(name, text.data(), text.size(), StripOf(name)))
            throw WorldFailure("The template " + name + " cannot be parsed");
    }
    made->Freeze();
    return made;
}

// Parsed once for each language, then read by every thread without a lock.
const ctemplate::TemplateCache& Templates() {
    using Caches = std::map<std::string_view, std::unique_ptr<const ctemplate::TemplateCache>>;
    static const auto* const caches = [] {
        auto* made = new Caches;
        for (const Language& language : Languages())
            made->emplace(language.tag, Parse(language.tag));
        return made;
    }();
    return *caches->at(Spoken());
}

}  // namespace

Rendered RenderStrictly(const View& view) {
    Rendered rendered;
    Job job{"pages/" + std::string(view.template_name()) + ".html", {}, {}};
    const Scope scope(view, nullptr, job);
    if (!Templates().ExpandNoLoad("layout.html", ctemplate::STRIP_BLANK_LINES, &scope, nullptr,
                                  &rendered.html))
        throw WorldFailure("The template " + job.content + " cannot be rendered");
    rendered.missing = std::move(job.missing);
    return rendered;
}

std::string Render(const View& view) {
    Rendered rendered = RenderStrictly(view);
    for (const std::string& missing : rendered.missing)
        log::Error("pages", std::string(view.template_name()) + " lacks " + missing);
    return std::move(rendered.html);
}

Rendered RenderFileStrictly(const std::string& name, const View& view) {
    Rendered rendered;
    Job job{{}, {}, {}};
    const Scope scope(view, nullptr, job);
    if (!Templates().ExpandNoLoad(name, StripOf(name), &scope, nullptr, &rendered.html))
        throw WorldFailure("The template " + name + " cannot be rendered");
    rendered.missing = std::move(job.missing);
    return rendered;
}

std::string RenderFile(const std::string& name, const View& view) {
    Rendered rendered = RenderFileStrictly(name, view);
    for (const std::string& missing : rendered.missing)
        log::Error("pages", name + " lacks " + missing);
    return std::move(rendered.html);
}

std::vector<std::string> TemplateFaults() {
    std::vector<std::string> faults;
    for (const auto& file : templates::kFiles) {
        if (!file.name.ends_with(".html")) continue;  // plain text escapes nothing
        auto found = FaultsOf(file.name, file.text);
        std::ranges::move(found, std::back_inserter(faults));
    }
    return faults;
}

}  // namespace ostiary::pages
