#nullable disable // As the official assembly: callers see oblivious types in both editions.
using System.Net;

namespace Twilio.Http;

#pragma warning disable CA1002 // Lists, as the official class has them.
public class Request(HttpMethod method, string url)
{
    public HttpMethod Method { get; } = method;

    public Uri Uri { get; private set; } = new(url);

    public string Username { get; set; }

    public string Password { get; set; }

    public List<KeyValuePair<string, string>> QueryParams { get; private set; } = [];

    public List<KeyValuePair<string, string>> PostParams { get; private set; } = [];

    public void SetAuth(string username, string password)
    {
        Username = username;
        Password = password;
    }

    public void AddQueryParam(string name, string value) => QueryParams.Add(KeyValuePair.Create(name, value));

    public void AddPostParam(string name, string value) => PostParams.Add(KeyValuePair.Create(name, value));

    public Uri ConstructUrl() => QueryParams.Count == 0 ? Uri : new Uri($"{Uri.AbsoluteUri}?{Encoded(QueryParams)}");

    private static string Encoded(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join('&', pairs.Select(p => $"{WebUtility.UrlEncode(p.Key)}={WebUtility.UrlEncode(p.Value)}"));
}
