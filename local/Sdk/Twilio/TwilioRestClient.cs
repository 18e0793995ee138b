#nullable disable // As the official assembly: callers see oblivious types in both editions.
using Twilio.Exceptions;
using Twilio.Http;

namespace Twilio.Clients;

/// <summary>Asks once: neither this client nor the official one retries.</summary>
public class TwilioRestClient : ITwilioRestClient
{
    private readonly string _username;
    private readonly string _password;

    public TwilioRestClient(
        string username, string password, string accountSid = null, string region = null, Http.HttpClient httpClient = null, string edge = null)
    {
        if (region is not null || edge is not null) throw new NotSupportedException("The local edition knows no regions or edges.");
        _username = username;
        _password = password;
        AccountSid = accountSid ?? username;
        HttpClient = httpClient ?? new SystemNetHttpClient();
    }

    public string AccountSid { get; }

    public string Region => null;

    public Http.HttpClient HttpClient { get; }

    public Response Request(Request request) => RequestAsync(request).GetAwaiter().GetResult();

    public async Task<Response> RequestAsync(Request request)
    {
        request.SetAuth(_username, _password);
        Response response;
        try
        {
            response = await HttpClient.MakeRequestAsync(request).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw new ApiConnectionException($"Connection Error: {request.Method} {request.ConstructUrl()}", e);
        }
        return (int)response.StatusCode is >= 200 and < 400 ? response : throw TwilioJson.Error(response);
    }
}
