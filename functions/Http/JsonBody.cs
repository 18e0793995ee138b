using Dunning.Http.Validation;
using Microsoft.AspNetCore.Http;

namespace Dunning.Http;

/// <summary>Reads the JSON body of a change: the value, or the error response to an invalid one.</summary>
internal static class JsonBody
{
    /// <param name="title">The title of the problem when fields are invalid.</param>
    /// <param name="whenEmpty">The value of an empty body; null where the body is required.</param>
    public static async Task<(T? Value, ApiResult? Error)> ReadAsync<T>(
        HttpRequest request,
        string title,
        Func<JsonFields, T> read,
        CancellationToken cancellationToken,
        T? whenEmpty = null
    )
        where T : class
    {
        var (body, error) = await RequestBody.ReadJsonAsync(request, cancellationToken);
        return error is null ? Read(body, title, read, whenEmpty) : (null, error);
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static (T? Value, ApiResult? Error) Read<T>(
        ReadOnlyMemory<byte> body,
        string title,
        Func<JsonFields, T> read,
        T? whenEmpty = null
    )
        where T : class
    {
        if (body.Length == 0 && whenEmpty is not null)
            return (whenEmpty, null);
        var errors = new ValidationErrors(strict: true);
        try
        {
            using var json = StrictJson.Parse(body);
            var value = JsonFields.Read(json.RootElement, "#", errors, read);
            return errors.Problems.Count > 0 ? (null, ApiResult.Invalid(title, errors.Problems)) : (value, null);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return (null, unreadable.ToProblem("The body cannot be read"));
        }
    }
}
