select c.customer_id, c.email_hash, count(*) as claims, sum(k.amount) as total_amount
from {{ ref('stg_customers') }} c
join {{ ref('stg_claims') }} k on k.customer_id = c.customer_id
group by c.customer_id, c.email_hash
