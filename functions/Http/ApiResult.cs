using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dunning.Http.Validation;
using Microsoft.AspNetCore.Http;

namespace Dunning.Http;

/// <summary>
/// An HTTP response as a value, so that it can be stored and returned again for a repeated request (see
/// <see cref="Idempotency"/>).
/// </summary>
/// <param name="Body">The body as text, in the format of <paramref name="ContentType"/>; null for none.</param>
public sealed record ApiResult(
    int Status,
    string? Body,
    string ContentType,
    IReadOnlyDictionary<string, string> Headers
) : IResult
{
    private static readonly Dictionary<string, string> _none = [];

    /// <summary>How answers are written.</summary>
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static ApiResult Ok(object body) => new(StatusCodes.Status200OK, Serialise(body), "application/json", _none);

    /// <param name="json">Serialised before.</param>
    public static ApiResult Json(string json) => new(StatusCodes.Status200OK, json, "application/json", _none);

    public static ApiResult Text(string body) => new(StatusCodes.Status200OK, body, "text/plain", _none);

    public static ApiResult Xml(string body) => new(StatusCodes.Status200OK, body, "text/xml; charset=utf-8", _none);

    public static ApiResult Csv(string body) => new(StatusCodes.Status200OK, body, "text/csv; charset=utf-8", _none);

    public static ApiResult Empty(int status) => new(status, Body: null, "", _none);

    public static ApiResult Created(string location, object body) =>
        new(
            StatusCodes.Status201Created,
            Serialise(body),
            "application/json",
            new Dictionary<string, string> { ["Location"] = location }
        );

    /// <summary>Problem details (RFC 9457).</summary>
    /// <param name="type">The kind of problem for programs: becomes <c>urn:dunning:problem:{type}</c>.</param>
    /// <param name="title">The kind of problem for people; never contains input.</param>
    /// <param name="detail">What is wrong in this request, and how to correct it.</param>
    public static ApiResult Problem(
        int status,
        string type,
        string title,
        string detail,
        IReadOnlyList<FieldProblem>? errors = null
    ) =>
        new(
            status,
            Serialise(
                new
                {
                    Type = $"urn:dunning:problem:{type}",
                    Title = title,
                    Status = status,
                    Detail = detail,
                    Errors = errors,
                }
            ),
            "application/problem+json",
            _none
        );

    /// <summary>Problem details for invalid fields: each is listed, with the correction.</summary>
    public static ApiResult Invalid(string title, IReadOnlyList<FieldProblem> problems) =>
        Problem(
            StatusCodes.Status422UnprocessableEntity,
            "validation",
            title,
            problems.Count == 1
                ? "Correct the field listed in errors."
                : string.Create(CultureInfo.InvariantCulture, $"Correct the {problems.Count} fields listed in errors."),
            problems
        );

    /// <summary>409: the request is well formed, and what it asks for cannot be done in the present state.</summary>
    /// <param name="detail">What stands in the way, and what to do.</param>
    public static ApiResult NotPossibleNow(string title, string detail) =>
        Problem(StatusCodes.Status409Conflict, "not-possible-now", title, detail);

    /// <summary>503 with <c>Retry-After</c>: the same request succeeds later.</summary>
    public static ApiResult RetryLater(string title, string detail, TimeSpan retryAfter) =>
        Problem(StatusCodes.Status503ServiceUnavailable, "try-again", title, detail)
            .With("Retry-After", retryAfter.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture));

    /// <summary>The change is saved, and a reminder that was claimed before it may still be sent.</summary>
    public static ApiResult ReminderInFlight() =>
        RetryLater(
            "A reminder is being sent",
            "Your change is saved. Retry to confirm that no further reminder can be sent.",
            TimeSpan.FromSeconds(10)
        );

    /// <summary>It is <see cref="ReminderInFlight"/>: the change is saved.</summary>
    public bool IsReminderInFlight => Body == ReminderInFlight().Body;

    /// <param name="what">Completes the sentence <c>No … exists.</c></param>
    public static ApiResult NotFound(string what) =>
        Problem(StatusCodes.Status404NotFound, "not-found", "Not found", $"No {what} exists.");

    public ApiResult With(string header, string value) =>
        this with
        {
            Headers = new Dictionary<string, string>(Headers) { [header] = value },
        };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            httpContext.Response.Headers[name] = value;
        if (Body is null)
            return;
        httpContext.Response.ContentType = ContentType;
        await httpContext.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body), httpContext.RequestAborted);
    }

    public static string Serialise(object body) => JsonSerializer.Serialize(body, Options);
}
