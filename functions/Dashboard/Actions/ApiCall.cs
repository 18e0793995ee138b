using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Http;
using Dunning.Http.Validation;
using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.Actions;

/// <summary>How a page calls a function of the API in this process, and reads its refusal.</summary>
internal static class ApiCall
{
    /// <summary>Takes fields of the flat form out of a body, for an object that the API wants inside of it.</summary>
    public static JsonObject TakeOut(JsonObject body, params IEnumerable<string> names)
    {
        var taken = new JsonObject();
        foreach (var name in names)
        {
            if (body.Remove(name, out var value))
                taken[name] = value;
        }
        return taken;
    }

    /// <summary>What is wrong, and how to correct it; about the whole form where the pointer is empty.</summary>
    public static IReadOnlyList<FieldProblem> ProblemsOf(ApiResult answer)
    {
        var problem = JsonNode.Parse(answer.Body!)!;
        return problem["errors"] is JsonArray errors
            ? [.. errors.Select(error => error.Deserialize<FieldProblem>(JsonSerializerOptions.Web)!)]
            : [new FieldProblem("", (string)problem["type"]!, (string)problem["detail"]!)];
    }

    public static HttpRequest CreateGet(IReadOnlyDictionary<string, string?> query)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.QueryString = QueryString.Create(query);
        return request;
    }

    /// <summary>A file, with what the API wants to know of it in the query.</summary>
    public static HttpRequest CreateUpload(byte[] file, string mediaType, IReadOnlyDictionary<string, string?> query)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.ContentType = mediaType;
        request.QueryString = QueryString.Create(query.Where(field => field.Value is { Length: > 0 }));
        request.Body = new MemoryStream(file);
        return request;
    }

    /// <param name="path">As over HTTP: an Idempotency-Key holds for one path.</param>
    public static HttpRequest Create(string method, string path, JsonObject body, string? idempotencyKey = null)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Path = path;
        request.ContentType = "application/json";
        request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(body));
        if (idempotencyKey is { Length: > 0 })
            request.Headers[Idempotency.Header] = idempotencyKey;
        return request;
    }
}
