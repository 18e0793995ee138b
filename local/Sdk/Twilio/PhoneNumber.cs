#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Twilio.Types;

public interface IEndpoint
{
    string ToString();
}

#pragma warning disable CA2225 // The official type has the operator alone.
public class PhoneNumber(string number) : IEndpoint
{
    private readonly string _number = number;

    public static implicit operator PhoneNumber(string number) => new(number);

    public override string ToString() => _number;
}
