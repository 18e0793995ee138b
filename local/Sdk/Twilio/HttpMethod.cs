#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Twilio.Http;

public class HttpMethod(string method)
{
    public static readonly HttpMethod Get = new("GET");
    public static readonly HttpMethod Post = new("POST");

    private readonly string _name = method.ToUpperInvariant();

    public override bool Equals(object obj) => obj is HttpMethod other && other._name == _name;

    public override int GetHashCode() => string.GetHashCode(_name, StringComparison.Ordinal);

    public override string ToString() => _name;
}
