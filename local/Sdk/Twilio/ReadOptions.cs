#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Twilio.Base;

#pragma warning disable CA1002 // Lists, as the official interface has them.
public interface IOptions<T> where T : Resource
{
    List<KeyValuePair<string, string>> GetParams();
}

public abstract class ReadOptions<T> : IOptions<T> where T : Resource
{
    private long? _limit;

    public long? PageSize { get; set; }

    /// <summary>How many records are read at most; also the page's size, unless that is set.</summary>
    public long? Limit
    {
        get => _limit;
        set
        {
            _limit = value;
            PageSize ??= value;
        }
    }

    public abstract List<KeyValuePair<string, string>> GetParams();
}
