using System.Globalization;
using System.Text.Json;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;

namespace Twilio;

/// <summary>Twilio's 2010-04-01 answers: snake_case, dates as RFC 2822.</summary>
internal static class TwilioJson
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static MessageResource Message(string json) => new(JsonSerializer.Deserialize<MessageFields>(json, s_options)!);

    public static (IReadOnlyList<MessageResource> Messages, string? NextPage) Page(string json)
    {
        var page = JsonSerializer.Deserialize<PageFields>(json, s_options)!;
        return ([.. page.Messages.Select(m => new MessageResource(m))], page.NextPageUri);
    }

    public static ApiException Error(Response response)
    {
        try
        {
            if (JsonSerializer.Deserialize<ErrorFields>(response.Content, s_options) is { } error)
            {
                var text = error.Message ?? $"Unable to make request, {response.StatusCode}";
                return new ApiException(error.Code, (int)response.StatusCode, text, error.MoreInfo);
            }
        }
        catch (JsonException)
        {
            // Not Twilio's own answer but that of something before it: below.
        }
        return new ApiException($"Api Error: {response.StatusCode} - {response.Content}");
    }

    public static DateTime? Date(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;

    private sealed record ErrorFields(int Code, string? Message, string? MoreInfo);

    private sealed record PageFields(IReadOnlyList<MessageFields> Messages, string? NextPageUri);
}

internal sealed record MessageFields(string Sid, string? AccountSid, string? Body, string? To, string? From, string? MessagingServiceSid)
{
    public string? Status { get; init; }
    public int? ErrorCode { get; init; }
    public string? ErrorMessage { get; init; }
    public string? NumSegments { get; init; }
    public string? DateCreated { get; init; }
    public string? DateSent { get; init; }
    public string? DateUpdated { get; init; }
}
