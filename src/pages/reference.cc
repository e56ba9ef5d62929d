#include "pages/reference.h"

#include <boost/json.hpp>

#include "pages/language.h"

namespace ostiary::pages {
namespace {

namespace json = boost::json;

std::string_view TextOf(const json::value& value) {
    const json::string& text = value.as_string();
    return {text.data(), text.size()};
}

std::string_view TextAt(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    return value ? TextOf(*value) : std::string_view{};
}

// "#/components/schemas/Code" → "Code"
std::string_view ShapeIn(std::string_view reference) {
    return reference.substr(reference.rfind('/') + 1);
}

// What a value may be, in the words of JSON Schema: "string or null", "list of Code".
struct Type {
    std::string words;
    std::string shape;  // the last of the words, where it is one of ours
};

Type TypeOf(const json::object& schema) {
    if (const std::string_view to = TextAt(schema, "$ref"); !to.empty())
        return {"", std::string(ShapeIn(to))};
    if (const json::value* any = schema.if_contains("anyOf")) {
        Type type = TypeOf(any->as_array().front().as_object());
        type.words = "null, or " + type.words;
        return type;
    }
    std::string words;
    bool is_list = false;
    const json::value& given = schema.at("type");
    const json::array kinds = given.is_array() ? given.as_array() : json::array{given};
    for (const json::value& kind : kinds) {
        is_list = is_list || TextOf(kind) == "array";
        words.append(words.empty() ? "" : ", ").append(TextOf(kind));
    }
    if (!is_list) return {std::move(words), ""};
    const Type item = TypeOf(schema.at("items").as_object());
    return {words + " of " + item.words, item.shape};
}

void SetType(View& view, const json::object& schema) {
    const Type type = TypeOf(schema);
    view.Set("TYPE", type.words).Set("SHAPE", type.shape);
}

void AddFields(View& view, std::string_view list, const json::object& shape) {
    json::array required;
    if (const json::value* names = shape.if_contains("required")) required = names->as_array();
    for (const auto& [name, schema] : shape.at("properties").as_object()) {
        View& field = view.Add(list);
        field.Set("NAME", {name.data(), name.size()})
            .Set("PLACE", "")
            .Set("SAYS", TextAt(schema.as_object(), "description"))
            .Flag("IS_OPTIONAL", std::ranges::find(required, json::value(name)) == required.end());
        SetType(field, schema.as_object());
    }
}

void AddParameters(View& call, const json::object& operation, const json::object& components) {
    const json::value* parameters = operation.if_contains("parameters");
    if (!parameters) return;
    for (const json::value& listed : parameters->as_array()) {
        const json::object* parameter = &listed.as_object();
        if (const std::string_view to = TextAt(*parameter, "$ref"); !to.empty())
            parameter = &components.at("parameters").as_object().at(ShapeIn(to)).as_object();
        View& item = call.Add("PARAMETERS");
        item.Set("NAME", TextAt(*parameter, "name"))
            .Set("PLACE", TextAt(*parameter, "in"))
            .Set("SAYS", TextAt(*parameter, "description"))
            .Flag("IS_OPTIONAL", !parameter->at("required").as_bool());
        SetType(item, parameter->at("schema").as_object());
    }
}

void AddAnswers(View& call, const json::object& responses) {
    for (const auto& [status, listed] : responses) {
        const json::object& response = listed.as_object();
        if (response.contains("$ref")) continue;  // how it may fail is said once
        View& item = call.Add("ANSWERS");
        item.Set("STATUS", {status.data(), status.size()})
            .Set("SAYS", TextAt(response, "description"))
            .Set("SHAPE", "")
            .Set("MEDIA", "");
        const json::value* content = response.if_contains("content");
        if (!content) continue;
        const auto& [media, body] = *content->as_object().begin();
        if (std::string_view(media) == "application/json")
            item.Set("SHAPE", TypeOf(body.at("schema").as_object()).shape);
        else
            item.Set("MEDIA", {media.data(), media.size()});
    }
}

void AddCall(View& noun, std::string_view method, std::string_view path,
             const json::object& operation, const json::object& components) {
    std::string upper(method);
    for (char& c : upper) c = static_cast<char>(c & ~0x20);
    View& call = noun.Add("CALLS");
    call.Set("METHOD", upper)
        .Set("PATH", path)
        .Set("CALL_ID", TextAt(operation, "operationId"))
        .Set("SUMMARY", TextAt(operation, "summary"))
        .Set("ACCESS", TextAt(operation, "description"));
    call.List("PARAMETERS").List("FIELDS").List("ANSWERS");
    AddParameters(call, operation, components);
    if (const json::value* body = operation.if_contains("requestBody")) {
        const json::object& content = body->at("content").as_object();
        const std::string shape = TypeOf(content.begin()->value().at("schema").as_object()).shape;
        call.Flag("TAKES_FORM", content.size() > 1);
        AddFields(call, "FIELDS", components.at("schemas").as_object().at(shape).as_object());
    }
    AddAnswers(call, operation.at("responses").as_object());
}

}  // namespace

View ViewOf(const Scene&, const ReferencePage& page) {
    View view("reference/api");
    view.Set("TITLE", T("API reference")).List("NOUNS").List("SHAPES");
    const json::object& components = page.document.at("components").as_object();
    for (const json::value& tag : page.document.at("tags").as_array()) {
        const std::string_view name = TextOf(tag.at("name"));
        View& noun = view.Add("NOUNS");
        noun.Set("NOUN", name).Set("SAYS", TextAt(tag.as_object(), "description"));
        noun.List("CALLS");
        for (const auto& [path, methods] : page.document.at("paths").as_object())
            for (const auto& [method, operation] : methods.as_object())
                if (TextOf(operation.at("tags").at(0)) == name)
                    AddCall(noun, method, path, operation.as_object(), components);
    }
    for (const auto& [name, schema] : components.at("schemas").as_object()) {
        View& shape = view.Add("SHAPES");
        shape.Set("SHAPE_NAME", {name.data(), name.size()})
            .Set("SAYS", TextAt(schema.as_object(), "description"));
        shape.List("FIELDS");
        AddFields(shape, "FIELDS", schema.as_object());
    }
    return view;
}

}  // namespace ostiary::pages
