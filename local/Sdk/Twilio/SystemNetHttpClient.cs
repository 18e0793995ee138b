#nullable disable // As the official assembly: callers see oblivious types in both editions.
using System.Net.Http.Headers;
using System.Text;

namespace Twilio.Http;

#pragma warning disable CA2000 // The default client lives as long as the process, as officially.
public class SystemNetHttpClient(System.Net.Http.HttpClient httpClient = null) : HttpClient
{
    private readonly System.Net.Http.HttpClient _http = httpClient ?? new System.Net.Http.HttpClient();

    public override Response MakeRequest(Request request) => MakeRequestAsync(request).GetAwaiter().GetResult();

    public override async Task<Response> MakeRequestAsync(Request request)
    {
        using var message = new HttpRequestMessage(new System.Net.Http.HttpMethod(request.Method.ToString()), request.ConstructUrl());
        message.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{request.Username}:{request.Password}")));
        message.Headers.Accept.ParseAdd("application/json");
        if (!request.Method.Equals(HttpMethod.Get)) message.Content = new FormUrlEncodedContent(request.PostParams);

        LastRequest = request;
        LastResponse = null;
        using var response = await _http.SendAsync(message).ConfigureAwait(false);
        var content = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return LastResponse = new Response(response.StatusCode, content, response.Headers);
    }
}
